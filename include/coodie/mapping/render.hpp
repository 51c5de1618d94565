#pragma once

#include <coodie/mapping/identifier.hpp>
#include <coodie/mapping/shape.hpp>
#include <coodie/mapping/sink.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <coodie/mapping/words.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// Numbers that stand in the text where a statement of ours has a marker: for texts that people read or keep.
/// A list of IN is one marker, unless its length is given here: then one marker an element.
struct Inlined
{
    std::optional<std::int64_t> limit = {};
    std::optional<std::int64_t> per_partition_limit = {};
    std::optional<std::int64_t> ttl = {};
    std::optional<std::int64_t> timestamp = {};
    /// How long the lists of IN are, by the condition's number. Lifetime: a view.
    struct Lengths
    {
        const std::uint16_t* first = nullptr; ///< null: markers only

        constexpr Lengths() noexcept = default;
        template <class Numbers>
        constexpr Lengths(const Numbers& numbers) noexcept : first{numbers.size() == 0 ? nullptr : numbers.data()}
        {
        }
    };
    Lengths in_condition = {};
    Lengths in_only_if = {};
};

/// Writes one statement. The text depends on the shape alone: equal shapes have equal texts and equal markers.
class Renderer
{
public:
    constexpr Renderer(Sink& out, const TableSchema& table, const Shape& shape, const Inlined& inlined = {}) noexcept
        : out_{out}, table_{table}, shape_{shape}, inlined_{inlined}
    {
    }

    constexpr void write()
    {
        switch (shape_.verb) {
        case Verb::select: return write_select();
        case Verb::insert: return write_insert();
        case Verb::insert_json: return write_insert_json();
        case Verb::update: return write_update();
        case Verb::erase: return write_erase();
        }
    }

private:
    constexpr void write_select()
    {
        out_.write("SELECT ");
        if (shape_.distinct)
            out_.write("DISTINCT ");
        write_selection();
        out_.write(" FROM ");
        write_table();
        write_conditions(" WHERE ", shape_.conditions.begin(), shape_.conditions.size(), Marker::condition);
        if (!shape_.group_by.empty()) {
            out_.write(" GROUP BY ");
            write_columns(shape_.group_by.begin(), shape_.group_by.size());
        }
        write_order();
        write_number(shape_.per_partition_limit, " PER PARTITION LIMIT ", inlined_.per_partition_limit,
                     Marker::per_partition_limit);
        write_number(shape_.limit, " LIMIT ", inlined_.limit, Marker::limit);
        if (shape_.allow_filtering)
            out_.write(" ALLOW FILTERING");
    }

    constexpr void write_insert()
    {
        out_.write("INSERT INTO ");
        write_table();
        out_.write(" (");
        const auto count = shape_.columns.empty() ? table_.columns.size() : shape_.columns.size();
        Separator names;
        for (std::size_t i = 0; i != count; ++i) {
            names(out_);
            write_column_name(shape_.columns.empty() ? static_cast<ColumnNumber>(i) : shape_.columns[i]);
        }
        out_.write(") VALUES (");
        Separator markers;
        for (std::size_t i = 0; i != count; ++i) {
            markers(out_);
            mark(Marker::column, i);
        }
        out_.write(')');
        write_only_if();
        write_using();
    }

    constexpr void write_insert_json()
    {
        out_.write("INSERT INTO ");
        write_table();
        out_.write(" JSON ");
        mark(Marker::column, 0);
        write_only_if();
        write_using();
    }

    constexpr void write_update()
    {
        out_.write("UPDATE ");
        write_table();
        write_using();
        out_.write(" SET ");
        Separator next;
        for (std::size_t i = 0; i != shape_.changes.size(); ++i) {
            next(out_);
            write_change(i, shape_.changes[i]);
        }
        write_conditions(" WHERE ", shape_.conditions.begin(), shape_.conditions.size(), Marker::condition);
        write_only_if();
    }

    constexpr void write_erase()
    {
        out_.write("DELETE ");
        Separator next;
        for (const auto column : shape_.columns) {
            next(out_);
            write_column_name(column);
        }
        for (std::size_t i = 0; i != shape_.changes.size(); ++i) {
            next(out_);
            write_element(i, shape_.changes[i].column);
        }
        out_.write(shape_.columns.empty() && shape_.changes.empty() ? "FROM " : " FROM ");
        write_table();
        write_using();
        write_conditions(" WHERE ", shape_.conditions.begin(), shape_.conditions.size(), Marker::condition);
        write_only_if();
    }

    constexpr void write_selection()
    {
        switch (shape_.selection) {
        case Selection::columns: return write_selected_columns();
        case Selection::count: return out_.write("COUNT(*)");
        case Selection::sum: return write_call("SUM");
        case Selection::avg: return write_call("AVG");
        case Selection::min: return write_call("MIN");
        case Selection::max: return write_call("MAX");
        case Selection::json: out_.write("JSON "); return write_selected_columns();
        case Selection::writetime: return write_call("WRITETIME");
        case Selection::ttl: return write_call("TTL");
        }
    }
    constexpr void write_call(std::string_view function)
    {
        out_.write(function);
        out_.write('(');
        write_columns(shape_.columns.begin(), shape_.columns.size());
        out_.write(')');
    }
    /// `*` stands alone in CQL: beside casts and tokens every column is listed.
    constexpr void write_selected_columns()
    {
        const bool extra = !shape_.casts.empty() || !shape_.tokens.empty();
        if (shape_.columns.empty() && !extra)
            return out_.write('*');
        Separator next;
        if (shape_.columns.empty())
            for (std::size_t i = 0; i != table_.columns.size(); ++i) {
                next(out_);
                write_column_name(static_cast<ColumnNumber>(i));
            }
        for (const auto column : shape_.columns) {
            next(out_);
            write_column_name(column);
        }
        for (const auto& cast : shape_.casts) {
            next(out_);
            write_cast(cast);
        }
        if (!shape_.tokens.empty()) {
            next(out_);
            out_.write("TOKEN(");
            write_columns(shape_.tokens.begin(), shape_.tokens.size());
            out_.write(')');
        }
    }
    constexpr void write_cast(const Cast& cast)
    {
        out_.write("CAST(");
        write_column_name(cast.column);
        out_.write(" AS ");
        out_.write(native_name(cast.type));
        out_.write(')');
    }

    constexpr void write_columns(const ColumnNumber* columns, std::size_t count)
    {
        Separator next;
        for (std::size_t i = 0; i != count; ++i) {
            next(out_);
            write_column_name(columns[i]);
        }
    }

    constexpr void write_conditions(std::string_view word, const Condition* conditions, std::size_t count,
                                    Marker::Kind kind)
    {
        for (std::size_t i = 0; i != count; ++i) {
            out_.write(i == 0 ? word : " AND ");
            write_condition(i, conditions[i], kind);
        }
    }
    constexpr void write_condition(std::size_t index, const Condition& condition, Marker::Kind kind)
    {
        if (condition.token)
            write_partition_token(condition.column);
        else
            write_column_name(condition.column);
        out_.write(text_of(condition.op));
        if (condition.op == Op::is_null || condition.op == Op::is_not_null)
            return;
        const auto lengths = kind == Marker::condition ? inlined_.in_condition : inlined_.in_only_if;
        if (condition.op == Op::in && lengths.first)
            write_markers(kind, index, lengths.first[index]);
        else
            mark(kind, index);
    }
    constexpr void write_markers(Marker::Kind kind, std::size_t index, std::size_t count)
    {
        out_.write('(');
        Separator next;
        for (std::size_t i = 0; i != count; ++i) {
            next(out_);
            mark(kind, index);
        }
        out_.write(')');
    }
    /// TOKEN is a function of the whole partition key.
    constexpr void write_partition_token(ColumnNumber column)
    {
        out_.write("TOKEN(");
        const auto parts = table_.count(ColumnKind::partition_key);
        if (parts == 0)
            write_column_name(column);
        Separator next;
        for (std::size_t i = 0; i != parts; ++i) {
            next(out_);
            write_column_name(static_cast<ColumnNumber>(table_.key(ColumnKind::partition_key, i)));
        }
        out_.write(')');
    }

    constexpr void write_change(std::size_t index, const Change& change)
    {
        if (change.changing == Changing::put)
            write_element(index, change.column);
        else
            write_column_name(change.column);
        out_.write(" = ");
        if (change.changing == Changing::add || change.changing == Changing::remove) {
            write_column_name(change.column);
            out_.write(change.changing == Changing::add ? " + " : " - ");
        }
        mark(Marker::change, index);
        if (change.changing == Changing::prepend) {
            out_.write(" + ");
            write_column_name(change.column);
        }
    }
    constexpr void write_element(std::size_t index, ColumnNumber column)
    {
        write_column_name(column);
        out_.write('[');
        mark(Marker::element_key, index);
        out_.write(']');
    }

    constexpr void write_only_if()
    {
        switch (shape_.only_if) {
        case If::always: return;
        case If::not_exists: return out_.write(" IF NOT EXISTS");
        case If::exists: return out_.write(" IF EXISTS");
        case If::conditions:
            return write_conditions(" IF ", shape_.if_conditions.begin(), shape_.if_conditions.size(), Marker::only_if);
        }
    }

    constexpr void write_using()
    {
        write_number(shape_.ttl, " USING TTL ", inlined_.ttl, Marker::ttl);
        write_number(shape_.timestamp, shape_.ttl ? " AND TIMESTAMP " : " USING TIMESTAMP ", inlined_.timestamp,
                     Marker::timestamp);
    }
    constexpr void write_number(bool wanted, std::string_view word, const std::optional<std::int64_t>& inlined,
                                Marker::Kind kind)
    {
        if (!wanted)
            return;
        out_.write(word);
        if (inlined)
            out_.write_number(*inlined);
        else
            mark(kind, 0);
    }

    constexpr void write_order()
    {
        Separator next;
        for (std::size_t i = 0; i != shape_.order_by.size(); ++i) {
            if (i == 0)
                out_.write(" ORDER BY ");
            next(out_);
            write_column_name(shape_.order_by[i].column);
            write_sorting(i, shape_.order_by[i].sorting);
        }
    }
    constexpr void write_sorting(std::size_t index, Sorting sorting)
    {
        switch (sorting) {
        case Sorting::ascending: return out_.write(" ASC");
        case Sorting::descending: return out_.write(" DESC");
        case Sorting::ann: out_.write(" ANN OF "); return mark(Marker::ann, index);
        }
    }

    constexpr void write_table() { write_name(out_, table_.keyspace, table_.name); }
    constexpr void write_column_name(ColumnNumber column) { write_column(out_, table_.columns[column].name); }
    constexpr void mark(Marker::Kind kind, std::size_t index)
    {
        out_.write_marker({kind, static_cast<std::uint16_t>(index)});
    }

    Sink& out_;
    const TableSchema& table_;
    const Shape& shape_;
    const Inlined& inlined_;
};

/// Writes the statement that `shape` says on `table`, in the compiler and at run time alike.
constexpr void render(Sink& out, const TableSchema& table, const Shape& shape, const Inlined& inlined = {})
{
    Renderer{out, table, shape, inlined}.write();
}

/// The same as a string. Never fails: broken_rule() says what the server would.
COODIE_API std::string rendered(const TableSchema& table, const Shape& shape, const Inlined& inlined = {});
/// What its markers stand for, in the order of the text.
COODIE_API std::vector<Marker> markers_of(const TableSchema& table, const Shape& shape, const Inlined& inlined = {});

}
