// Runs cases of coodie's texts: `coodie_cases CASES.jsonl MODELS.json`. Every line is an input and the CQL that coodie
// makes of it; levels that this library does not build yet are counted and named.

#include "cases/levels.hpp"

#include <coodie/error.hpp>
#include <fstream>
#include <iostream>
#include <set>

namespace {

using cases::Json;
using cases::Outcome;

/// Levels of features that later versions build.
const std::set<std::string> later{"document", "queryset", "batch", "migration", "autogen",
                                  "udt",      "class",    "raw",   "sync_table"};

struct Tally
{
    int passed = 0;
    int failed = 0;
    std::map<std::string, int> not_built;
};

std::optional<Outcome> outcome_of(const Json& inputs, const cases::Models& models)
{
    const auto level = inputs.at("level").get<std::string>();
    try {
        if (level == "builder")
            return cases::build(inputs);
        if (level == "type")
            return cases::read_type(inputs, models);
        if (level == "schema")
            return cases::read_schema(inputs, models);
        if (level == "ddl")
            return cases::define(inputs, models);
        if (level == "filter")
            return cases::filter(inputs);
        if (level == "queryset")
            return cases::query(inputs, models);
        if (later.contains(level))
            return {};
    } catch (const coodie::CoodieError& error) {
        return cases::refused(error.what());
    }
    throw cases::UnknownCase{"level " + level};
}

/// What is wrong with a case that coodie and this library make alike; empty: nothing.
std::string difference(const Json& line, const Outcome& made)
{
    if (line.contains("expected_error") && !line["expected_error"].is_null())
        return made.refusal ? "" : "expected a refusal, made " + made.cql;
    if (made.refusal)
        return "refused: " + *made.refusal;
    if (line.at("expected_cql") != made.cql)
        return "expected " + line.at("expected_cql").dump() + "\n    made     " + Json(made.cql).dump();
    if (line.at("expected_params") != made.params)
        return "expected " + line.at("expected_params").dump() + "\n    bound    " + made.params.dump();
    return {};
}

bool says(const std::string& note, std::initializer_list<const char*> words)
{
    for (const auto* word : words)
        if (note.find(word) != std::string::npos)
            return true;
    return false;
}

/// What is wrong with a case where coodie is wrong: its note says what a port does instead.
std::string deviation(const Json& line, const Outcome& made)
{
    const auto note = line.at("note").get<std::string>();
    if (says(note, {"should reject", "must reject", "rejects", "must not compile", "compile-time error"}))
        return made.refusal || made.objection ? "" : "the note wants a refusal, made " + made.cql;
    if (made.refusal)
        return "refused: " + *made.refusal;
    if (line.at("expected_cql") == made.cql)
        return "the same text as coodie's, which the note calls wrong: " + note;
    static const std::string wanted = "must emit ";
    if (const auto at = note.find(wanted); at != std::string::npos) {
        const auto text = note.substr(at + wanted.size());
        return made.cql.find(text) != std::string::npos ? "" : "the note wants " + text + ", made " + made.cql;
    }
    return {};
}

/// Shown by a driver only: options of the execution, and what becomes of its rows.
bool needs_driver(const Json& line)
{
    return line.contains("expected_exec_options") || line.contains("expected_result");
}

void run(const Json& line, const cases::Models& models, Tally& tally)
{
    const auto level = line.at("level").get<std::string>();
    if (level != "must" && level != "deviate" && level != "planned")
        throw cases::UnknownCase{"level of duty " + level};
    const auto kind = line.at("inputs").at("level").get<std::string>();
    const bool built = level != "planned" && !needs_driver(line);
    const auto made = built ? outcome_of(line.at("inputs"), models) : std::nullopt;
    if (!made) {
        ++tally.not_built[level == "planned" ? "planned" : kind];
        return;
    }
    const auto problem = level == "must" ? difference(line, *made) : deviation(line, *made);
    ++(problem.empty() ? tally.passed : tally.failed);
    if (!problem.empty())
        std::cout << "FAILED " << line.at("id").get<std::string>() << "\n    " << problem << '\n';
}

void run_file(const std::string& path, const cases::Models& models, Tally& tally)
{
    std::ifstream file{path};
    if (!file)
        throw std::runtime_error{"cannot read " + path};
    int number = 0;
    for (std::string text; std::getline(file, text);) {
        ++number;
        if (text.empty())
            continue;
        try {
            run(Json::parse(text), models, tally);
        } catch (const std::exception& error) {
            ++tally.failed;
            std::cout << "FAILED line " << number << ": " << error.what() << '\n';
        }
    }
}

int report(const Tally& tally)
{
    int left = 0;
    for (const auto& [kind, count] : tally.not_built) {
        std::cout << "not built yet: " << count << ' ' << kind << '\n';
        left += count;
    }
    if (left != 0)
        std::cout << "not built yet: " << left << '\n';
    std::cout << tally.passed << " passed, " << tally.failed << " failed\n";
    return tally.failed == 0 && tally.passed != 0 ? 0 : 1;
}

}

int main(int count, char** arguments)
{
    if (count != 3) {
        std::cerr << "usage: coodie_cases CASES.jsonl MODELS.json\n";
        return 2;
    }
    try {
        std::ifstream models{arguments[2]};
        if (!models)
            throw std::runtime_error{std::string{"cannot read "} + arguments[2]};
        Tally tally;
        run_file(arguments[1], cases::Models{Json::parse(models)}, tally);
        return report(tally);
    } catch (const std::exception& error) {
        std::cerr << "coodie_cases: " << error.what() << '\n';
        return 2;
    }
}
