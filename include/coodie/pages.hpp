#pragma once

#include <coodie/session.hpp>
#include <iterator>

namespace coodie {

struct PagesOptions
{
    bool prefetch = true; ///< a page is asked for as soon as the one before is taken, not when it is wanted
};

namespace detail {
class PageWalk;
struct PagesAccess;
using PageHandler = AnyHandler<void(std::exception_ptr, std::optional<Rows>)>;
}

class PagedRows;

/// The pages of a statement's answer, one after the other, each asked for with all of the statement's options. It
/// begins where the statement's paging state says; `Rows::paging_state` of a page is where another walk, of another
/// program even, goes on behind it.
///     for (const Rows& page : session.pages(statement))
///         for (const Row row : page) ...
/// Pages may be empty and not the last. With prefetch there are at most two in memory: the one that was given last and
/// the one behind it.
/// Lifetime: keeps the session. When it goes, so does what it has asked for: a handler that waits is told
/// errc::cancelled. One that was moved from can only be assigned to.
/// Threads: a value; one page at a time is asked for.
/// Errors: those of Session::execute, after which the same page is next again; ProtocolError when the server sends the
/// walk round in a circle.
class COODIE_API Pages
{
public:
    Pages(Session session, Statement statement, const PagesOptions& options);
    Pages(Pages&&) noexcept;
    Pages& operator=(Pages&&) noexcept;
    ~Pages();

    std::optional<Rows> next();                            ///< blocking; none: the last one was given
    template <class Token> auto async_next(Token&& token); // needs <coodie/async/pages.hpp>

    class Iterator;
    Iterator begin() &; ///< asks for the first page, or the next one where some were taken
    Iterator begin() && = delete;
    std::default_sentinel_t end() const noexcept { return {}; }

    /// All rows of all pages. Each is valid until the next one.
    PagedRows rows() &&;

private:
    friend struct detail::PagesAccess;
    std::shared_ptr<detail::PageWalk> walk_;
};

namespace detail {

/// The type-erased operation behind async_next.
struct COODIE_API PagesAccess
{
    static Loop loop(const Pages& pages) noexcept;
    static void next(const std::shared_ptr<PageWalk>& walk, PageHandler handler);
};

}

class COODIE_API Pages::Iterator
{
public:
    using difference_type = std::ptrdiff_t;
    using value_type = Rows;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(Pages& pages) : pages_{&pages}, page_{pages.next()} {}
    Rows& operator*() const noexcept { return *page_; } ///< may be moved from, to keep it
    Rows* operator->() const noexcept { return &*page_; }
    Iterator& operator++()
    {
        page_ = pages_->next();
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& at, std::default_sentinel_t) noexcept { return !at.page_; }

private:
    Pages* pages_;
    mutable std::optional<Rows> page_;
};

/// The rows of all pages, one after the other.
class PagedRows
{
public:
    explicit PagedRows(Pages pages) noexcept : pages_{std::move(pages)} {}

    class Iterator;
    Iterator begin() &;
    Iterator begin() && = delete;
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    Pages pages_;
};

class PagedRows::Iterator
{
public:
    using difference_type = std::ptrdiff_t;
    using value_type = Row;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(Pages& pages) : page_{pages} { find_row(); }
    Row operator*() const noexcept { return *row_; }
    Iterator& operator++()
    {
        if (++row_ == page_->end()) {
            ++page_;
            find_row();
        }
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& at, std::default_sentinel_t end) noexcept { return at.page_ == end; }

private:
    void find_row()
    {
        while (page_ != std::default_sentinel && page_->empty())
            ++page_;
        row_ = page_ != std::default_sentinel ? page_->begin() : Rows::Iterator{};
    }

    Pages::Iterator page_;
    Rows::Iterator row_;
};

inline Pages::Iterator Pages::begin() &
{
    return Iterator{*this};
}
inline PagedRows Pages::rows() &&
{
    return PagedRows{std::move(*this)};
}
inline PagedRows::Iterator PagedRows::begin() &
{
    return Iterator{pages_};
}

}
