#include "text.hpp"

namespace coodie::cql {

std::string create_type(std::string_view keyspace, std::string_view type, std::span<const TypeField> fields)
{
    Joined texts;
    for (const auto& field : fields)
        texts += quoted_column(field.name) + " " + field.type;
    return "CREATE TYPE IF NOT EXISTS " + qualified_name(keyspace, type) + " (" + texts.text() + ")";
}

std::string drop_type(std::string_view keyspace, std::string_view type)
{
    return "DROP TYPE IF EXISTS " + qualified_name(keyspace, type);
}

std::string alter_type_add(std::string_view keyspace, std::string_view type, const TypeField& field)
{
    return "ALTER TYPE " + qualified_name(keyspace, type) + " ADD " + quoted_column(field.name) + " " + field.type;
}

std::string batch(std::span<const std::string> statements, std::string_view type, std::optional<std::int64_t> timestamp)
{
    std::string word;
    for (const char c : type)
        word += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (word != "LOGGED" && word != "UNLOGGED" && word != "COUNTER")
        refuse("a batch is LOGGED, UNLOGGED or COUNTER, not '" + std::string{type} + "'");
    std::string text = "BEGIN " + (word == "LOGGED" ? std::string{} : word + " ") + "BATCH";
    if (timestamp)
        text += " USING TIMESTAMP " + std::to_string(*timestamp);
    for (const auto& statement : statements)
        text += "\n  " + statement + ";";
    return text + "\nAPPLY BATCH";
}

}
