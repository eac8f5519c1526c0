import Foundation
import Postgres
import WaitEvents

extension ScenarioBuilder {
    /// The tables of the scenario in its order, pgbench's four in the place of `pgbench`.
    mutating func tableSpecs(_ release: PostgresRelease) -> [TableSpec] {
        var specs: [TableSpec] = []
        for member in root["tables"]?.members ?? [] {
            let path = SchemaPath("tables") / member.key
            let fillfactor = Int(member.value.child("fillfactor").integer)
            if let scale = member.value["scale"] {
                if member.key != TableSchema.pgbench {
                    report(path / "scale", "only \"\(TableSchema.pgbench)\" has a scale", notes: [scale.seen])
                }
                specs += PgbenchTables.specs(scale: Int(scale.integer), fillfactor: fillfactor, release)
            } else {
                specs.append(table(member.value, named: member.key, fillfactor: fillfactor, at: path))
            }
        }
        return specs
    }

    private mutating func table(
        _ node: JSONNode, named name: String, fillfactor: Int, at path: SchemaPath
    ) -> TableSpec {
        var spec = TableSpec(
            name: name, rows: 0, tupleLength: node["tuple_size"].map { Int($0.integer) } ?? PgbenchTables.accountLength,
            fillfactor: fillfactor, compression: node["compression"].map(Self.compression) ?? .heap)
        spec.rows = node["rows"].map { Int($0.integer) } ?? spec.rows(onPages: Int(node.child("pages").integer))
        spec.access = rowAccess(node.child("access"), rows: spec.rows, at: path / "access")
        spec.indexes = (node.child("indexes").members ?? []).map {
            IndexSpec(
                name: $0.key, tupleLength: Int($0.value.child("entry_size").integer),
                fillfactor: Int($0.value.child("fillfactor").integer),
                compression: $0.value["compression"].map(Self.compression) ?? .index)
        }
        return spec
    }

    private static func compression(_ node: JSONNode) -> ImageCompression {
        func size(_ method: String) -> ImageCompression.Size { ImageCompression.Size(node.child(method).real) }
        return ImageCompression(pglz: size("pglz"), lz4: size("lz4"), zstd: size("zstd"))
    }

    private mutating func rowAccess(_ node: JSONNode, rows: Int, at path: SchemaPath) -> RowAccess {
        guard node.members != nil else { return node.text == "append" ? .append : .uniform(rows: rows) }
        let (form, value) = node.onlyMember
        guard form == "hot" else { return .zipf(exponent: value.child("exponent").real, rows: rows) }
        let hot = Int(value.child("rows").integer)
        let share = value.child("share").real
        guard hot < rows else {
            report(
                path / "hot" / "rows", "not fewer than the table has",
                notes: ["seen \(hot)", "allowed: at most \(rows - 1)"])
            return .uniform(rows: rows)
        }
        return RowAccess(ranges: [.init(end: hot, cumulative: share), .init(end: rows, cumulative: 1)])
    }

    /// What a statement does with a table; nil if it does nothing.
    mutating func tableAccess(_ node: JSONNode, at path: SchemaPath, _ tables: [TableSpec]) -> TableAccessSpec? {
        for kind in TableAccessSpec.Kind.allCases {
            guard let name = node[kind.rawValue] else { continue }
            guard tables.contains(where: { $0.name == name.text }) else {
                reportUnknownTable(name, at: path / kind.rawValue, tables.map(\.name))
                return nil
            }
            return TableAccessSpec(kind, table: name.text, sameRow: node["row"]?.text == "same")
        }
        return nil
    }

    private mutating func reportUnknownTable(_ name: JSONNode, at path: SchemaPath, _ known: [String]) {
        let nearest = nearestName(to: name.text, among: known)
        report(
            path, "unknown table",
            notes: [
                name.seen,
                known.isEmpty
                    ? "the scenario has none; pgbench's are made by \"tables\": {\"pgbench\": {\"scale\": 50}}"
                    : "allowed: " + known.joined(separator: ", "),
                nearest.map { "nearest: \"\($0)\"" },
            ])
    }
}

extension RowAccess {
    /// Row n, from 1, is touched in proportion to n to the power of `-exponent`. The first rows have a range each, the
    /// others share ranges that grow by an eighth.
    static func zipf(exponent: Double, rows: Int) -> RowAccess {
        var ends: [Int] = []
        var end = 1
        while end < rows {
            ends.append(end)
            end = max(end + 1, end + end / 8)
        }
        ends.append(rows)
        // The integral of x to the power of -exponent over half a row more on either side approximates the sum.
        func integral(_ x: Double) -> Double {
            exponent == 1 ? log(x + 0.5) : (pow(x + 0.5, 1 - exponent) - pow(0.5, 1 - exponent)) / (1 - exponent)
        }
        let total = integral(Double(rows)) - integral(0)
        return RowAccess(
            ranges: ends.map {
                Range(end: $0, cumulative: $0 == rows ? 1 : (integral(Double($0)) - integral(0)) / total)
            })
    }
}
