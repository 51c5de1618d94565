#pragma once

#include <coodie/mapping/collection.hpp>
#include <coodie/mapping/query_set.hpp>

namespace coodie {

// The verbs on the registry's default driver. Each is Collection's of the same name.

template <class T> std::vector<std::string> sync_table(const SyncTableOptions& options = {})
{
    return Collection<T>{}.sync_table(options);
}
template <class T> void save(const T& document)
{
    Collection<T>{}.save(document);
}
template <class T> LwtResult insert(const T& document)
{
    return Collection<T>{}.insert(document);
}
template <class T, class... C> void update(T& document, const C&... changes)
{
    Collection<std::remove_const_t<T>>{}.update(document, changes...);
}
template <class T, class... C> void update(const T&& document, const C&... changes)
{
    Collection<T>{}.update(document, changes...);
}
template <class T> void erase(const T& document)
{
    Collection<T>{}.erase(document);
}
template <class T, class... K> T get(const K&... key)
{
    return Collection<T>{}.get(key...);
}
template <class T, class... P> std::optional<T> find_one(const P&... conditions)
{
    return Collection<T>{}.find_one(conditions...);
}
template <class T, class... P> auto find(const P&... conditions)
{
    return Collection<T>{}.find(conditions...);
}

}
