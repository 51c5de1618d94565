#include "lib/transport/tls_context.hpp"

#include "tests/tls/certificates.hpp"
#include <doctest/doctest.h>

using namespace coodie;
using coodie::detail::TlsContext;

namespace {

std::string sentence_of(const TlsOptions& options)
{
    const auto context = TlsContext::make(options);
    if (context)
        return "fine";
    CHECK(context.error().code() == errc::configuration);
    return context.error().message();
}

}

TEST_CASE("options without a file are fine: the system's authorities")
{
    CHECK(sentence_of({}) == "fine");
    CHECK(sentence_of({.system_authorities = true}) == "fine");
    CHECK(sentence_of({.minimum_version = TlsVersion::tls_1_3}) == "fine");
    CHECK(sentence_of({.verify_peer = false, .verify_identity = false}) == "fine");
}

TEST_CASE("cpp-19: what cannot be used is refused with its option, its file and the reason")
{
    const tls::Folder folder;
    const tls::Authority authority{"our authority"};
    const auto own = authority.issue(), other = authority.issue();
    const auto locked = tls::encrypted(own.key, "open sesame");
    const auto ca = folder.write("ca.pem", authority.pem());
    const auto certificate = folder.write("own.pem", own.certificate), key = folder.write("own.key", own.key);
    const auto locked_key = folder.write("locked.key", locked), other_key = folder.write("other.key", other.key);
    const auto both = folder.write("both.pem", own.certificate + authority.pem() + own.key);
    const auto empty = folder.write("empty.pem", ""), text = folder.write("text.pem", "no certificate\n");
    const auto cut = folder.write("cut.pem", own.certificate.substr(0, own.certificate.size() / 2));
    const auto spoiled = folder.write("spoiled.pem", std::string{own.certificate}.replace(100, 8, "********"));
    const auto expired = folder.write("expired.pem", authority.issue({.begins_in = -9, .ends_in = -1}).certificate);
    const auto early = folder.write("early.pem", authority.issue({.begins_in = 2}).certificate);
    struct Example
    {
        const char* name;
        TlsOptions options;
        std::vector<std::string> words;
    };
    const Example examples[]{
        {"all well", {.ca_file = ca, .certificate_file = certificate, .key_file = key}, {"fine"}},
        {"key beside the certificate", {.ca_file = ca, .certificate_file = both}, {"fine"}},
        {"unlocked",
         {.certificate_file = certificate, .key_file = locked_key, .key_password = "open sesame"},
         {"fine"}},
        {"authority as text", {.ca_pem = authority.pem() + authority.pem()}, {"fine"}},
        {"no such authority", {.ca_file = folder.path("no.pem")}, {"ca_file", "no.pem", "No such file"}},
        {"a folder", {.ca_file = folder.path("")}, {"ca_file"}},
        {"empty authority", {.ca_file = empty}, {"ca_file", "empty.pem", "holds no certificate"}},
        {"text", {.ca_file = text}, {"ca_file", "text.pem", "holds no certificate"}},
        {"a key for an authority", {.ca_file = key}, {"ca_file", "own.key", "holds no certificate"}},
        {"cut authority", {.ca_file = cut}, {"ca_file", "cut.pem"}},
        {"spoiled authority", {.ca_file = spoiled}, {"ca_file", "spoiled.pem"}},
        {"spoiled text", {.ca_pem = "nonsense"}, {"ca_pem", "holds no certificate"}},
        {"no such certificate", {.certificate_file = folder.path("no.pem")}, {"certificate_file", "no.pem", "No such"}},
        {"empty certificate", {.certificate_file = empty}, {"certificate_file", "holds no certificate"}},
        {"no key", {.certificate_file = certificate}, {"certificate_file", "own.pem", "holds no key"}},
        {"no such key", {.certificate_file = certificate, .key_file = folder.path("no.key")}, {"key_file", "no.key"}},
        {"another's key",
         {.certificate_file = certificate, .key_file = other_key},
         {"other.key", "does not belong to", "own.pem", "mismatch"}},
        {"locked",
         {.certificate_file = certificate, .key_file = locked_key},
         {"locked.key", "encrypted", "key_password"}},
        {"wrong password",
         {.certificate_file = certificate, .key_file = locked_key, .key_password = "secret"},
         {"locked.key", "cannot be decrypted"}},
        {"expired", {.certificate_file = expired, .key_file = key}, {"expired.pem", "expired on 20"}},
        {"not yet", {.certificate_file = early, .key_file = key}, {"early.pem", "begins on 20"}},
        {"key alone", {.key_file = key}, {"certificate_file is not"}},
        {"password alone", {.key_password = "secret"}, {"certificate_file is not"}},
        {"half trust", {.verify_peer = false}, {"verify_identity is true"}},
        {"trust in vain", {.ca_file = ca, .verify_peer = false, .verify_identity = false}, {"verify_peer is false"}},
        {"NUL", {.server_name = std::string{"a\0b", 3}}, {"server_name", "NUL"}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto sentence = sentence_of(example.options);
        CAPTURE(sentence);
        for (const auto& word : example.words)
            CHECK(sentence.find(word) != std::string::npos);
        CHECK(sentence.find("secret") == std::string::npos);
    }
}
