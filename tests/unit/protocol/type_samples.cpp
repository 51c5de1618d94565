#include "samples.hpp"

namespace {

Wire custom(std::string_view class_name)
{
    return wire().short_(0).string(class_name);
}

}

Wire user_type()
{
    return wire()
        .short_(0x30)
        .string("ks")
        .string("address")
        .short_length(2)
        .string("street")
        .short_(0x0D)
        .string("tags")
        .add(wire().short_(0x22).short_(0x0D));
}

Wire column(std::string_view name, const Wire& type)
{
    return wire().string(name).add(type);
}

const std::vector<TypeSample>& type_samples()
{
    static const std::vector<TypeSample> samples{
        {"ascii", simple(0x01)},
        {"bigint", simple(0x02)},
        {"blob", simple(0x03)},
        {"boolean", simple(0x04)},
        {"counter", simple(0x05)},
        {"decimal", simple(0x06)},
        {"double", simple(0x07)},
        {"float", simple(0x08)},
        {"int", simple(0x09)},
        {"text", simple(0x0A)}, // the id of old servers
        {"timestamp", simple(0x0B)},
        {"uuid", simple(0x0C)},
        {"text", simple(0x0D)},
        {"varint", simple(0x0E)},
        {"timeuuid", simple(0x0F)},
        {"inet", simple(0x10)},
        {"date", simple(0x11)},
        {"time", simple(0x12)},
        {"smallint", simple(0x13)},
        {"tinyint", simple(0x14)},
        {"duration", simple(0x15)},
        {"duration", custom("org.apache.cassandra.db.marshal.DurationType")},
        {"vector<float, 3>",
         custom("org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , 3)")},
        {"'org.example.Type'", custom("org.example.Type")},
        {"list<int>", wire().short_(0x20).short_(0x09)},
        {"map<text, list<int>>", wire().short_(0x21).short_(0x0D).short_(0x20).short_(0x09)},
        {"set<uuid>", wire().short_(0x22).short_(0x0C)},
        {"ks.address", user_type()},
        {"tuple<int, text>", wire().short_(0x31).short_length(2).short_(0x09).short_(0x0D)},
    };
    return samples;
}
