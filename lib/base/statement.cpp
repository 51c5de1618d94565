#include <coodie/host.hpp>
#include <coodie/statement.hpp>
#include <coodie/value.hpp>

namespace coodie {

Statement::Statement(const Statement&) = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(const Statement&) = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind_encoded(std::span<const std::byte> encoded, std::span<const TypeOf> types)
{
    values_.append(encoded, types.size());
    add_types(types);
    return *this;
}

Statement& Statement::bind_values(std::vector<Value> values)
{
    values_.clear();
    types_ = {};
    owned_types_.reset();
    auto& extras = extras_to_write();
    extras.values = std::move(values);
    extras.has_values = true;
    return *this;
}

Statement& Statement::paging_state(std::vector<std::byte> state)
{
    extras_to_write().paging_state = std::move(state);
    return *this;
}

Statement& Statement::custom_payload(std::map<std::string, std::optional<std::vector<std::byte>>> payload)
{
    extras_to_write().custom_payload = std::move(payload);
    return *this;
}

Statement& Statement::routing_key(std::vector<std::byte> key)
{
    extras_to_write().routing_key = std::move(key);
    return *this;
}

Statement& Statement::profile(std::string name)
{
    extras_to_write().profile = std::move(name);
    return *this;
}

Statement& Statement::host(std::string address)
{
    extras_to_write().host = std::move(address);
    return *this;
}

Statement& Statement::host(const Host& host)
{
    return this->host(host.address());
}

void Statement::add_types(std::span<const TypeOf> types)
{
    if (types_.empty()) {
        types_ = types;
        return;
    }
    std::vector<TypeOf> all{types_.begin(), types_.end()};
    all.insert(all.end(), types.begin(), types.end());
    owned_types_ = std::make_shared<const std::vector<TypeOf>>(std::move(all));
    types_ = *owned_types_;
}

Statement::Extras& Statement::extras_to_write()
{
    auto extras = extras_ ? std::make_shared<Extras>(*extras_) : std::make_shared<Extras>();
    auto& writable = *extras;
    extras_ = std::move(extras);
    return writable;
}

}
