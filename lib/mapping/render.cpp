#include <coodie/mapping/render.hpp>

namespace coodie::cql {

std::string rendered(const TableSchema& table, const Shape& shape, const Inlined& inlined)
{
    Sink counted;
    render(counted, table, shape, inlined);
    std::string text(counted.size(), '\0');
    Sink out{text.data()};
    render(out, table, shape, inlined);
    return text;
}

std::vector<Marker> markers_of(const TableSchema& table, const Shape& shape, const Inlined& inlined)
{
    Sink counted;
    render(counted, table, shape, inlined);
    std::string text(counted.size(), '\0');
    std::vector<Marker> markers(counted.marker_count());
    Sink out{text.data(), markers.data()};
    render(out, table, shape, inlined);
    return markers;
}

}
