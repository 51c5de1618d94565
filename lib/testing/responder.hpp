#pragma once

#include <lib/testing/dialogue.hpp>
#include <lib/testing/model.hpp>

namespace coodie::testing {

/// What a node says when no rule speaks for it. Pure but for what the node learns: prepared statements, traces, and
/// what the connection agreed on.
class Responder
{
public:
    explicit Responder(Model& model) : model_{model} {}

    Answer respond(Dialogue& dialogue, const Incoming& incoming);
    /// What the connection learns from an answer, whoever gave it.
    void said(Dialogue& dialogue, const Incoming& incoming, const Answer& answer);

private:
    Answer to(Dialogue& dialogue, const protocol::Startup& startup);
    Answer to(const Dialogue& dialogue, const protocol::Options&);
    Answer to(const Dialogue& dialogue, const protocol::AuthResponse& response);
    Answer to(Dialogue& dialogue, const protocol::Register& message);
    Answer to(const Dialogue& dialogue, const protocol::Prepare& prepare);
    Answer to(const Dialogue& dialogue, const protocol::Query& query);
    Answer to(const Dialogue& dialogue, const protocol::Execute& execute);
    Answer to(const Dialogue& dialogue, const protocol::Batch& batch);
    Answer to_statement(const Dialogue& dialogue, const KnownStatement& statement,
                        const protocol::QueryParameters& parameters);
    Answer content_of(const Dialogue& dialogue, const KnownStatement& statement,
                      const protocol::QueryParameters& parameters) const;
    void trace(const Dialogue& dialogue, const Incoming& incoming, Answer& answer);

    Model& model_;
};

/// Why a request of this kind cannot come now; empty when it can.
std::string refusal_of(Dialogue::Phase phase, Opcode opcode);

}
