import HostModel
import Postgres
import SimTime
import Statistics

extension ScenarioBuilder {
    /// The groups, each with its path: `clients` is one object or a list.
    mutating func clientGroups(
        _ transactions: [String], of clients: JSONNode, at path: SchemaPath
    ) -> [ClientGroupSpec] {
        let isList = clients.elements != nil
        let groups = clients.elements?.enumerated().map { (node: $1, path: path / $0) } ?? [(clients, path)]
        let specs = groups.enumerated().map { index, group in
            clientGroup(
                group.node, at: group.path, name: isList ? "clients \(index + 1)" : "clients",
                transactions: transactions)
        }
        let total = specs.reduce(0) { $0 + $1.count }
        if total > Int(WorkloadSchema.clientLimit) {
            report(
                path, "too many clients in all groups",
                notes: ["seen \(total)", "allowed: at most \(WorkloadSchema.clientLimit)"])
        }
        reportRepeatedNames(zip(specs, groups).map { ($0.name, $1.path / "name") })
        return specs
    }

    private mutating func clientGroup(
        _ node: JSONNode, at path: SchemaPath, name: String, transactions: [String]
    ) -> ClientGroupSpec {
        let wanted = node.child("transaction")
        let transaction = transactions.firstIndex(of: wanted.text)
        if transaction == nil { reportUnknownTransaction(wanted, at: path / "transaction", transactions) }
        let count = Int(node.child("count").integer)
        let place = node.child("on").choice(ClientGroupSpec.Place.self)
        let threads = Int(node.child("threads").integer)
        if place == .elsewhere, threads > 1 {
            warnings.append("\(path / "threads"): has no effect for clients elsewhere")
        }
        let load = clientLoad(node.child("load"), at: path / "load")
        let isClosed = node.child("load").members == nil
        let think = distribution(node.child("think"), at: path / "think")
        if !isClosed, think != .zero {
            warnings.append("\(path / "think"): has no effect with a load that is not closed")
        }
        var spec = ClientGroupSpec(
            name: node["name"]?.text ?? name, count: count, load: load, think: think, transaction: transaction ?? 0,
            place: place, threads: place == .server ? min(threads, count) : 1)
        spec.coreSet = node["cpuset"].flatMap { coreSet($0, at: path / "cpuset") }
        return spec
    }

    private mutating func reportUnknownTransaction(_ wanted: JSONNode, at path: SchemaPath, _ known: [String]) {
        let names = known + BuiltInTransactions.names.filter { !known.contains($0) }
        let nearest = nearestName(to: wanted.text, among: names)
        report(
            path, "unknown transaction",
            notes: [wanted.seen, "allowed: " + names.joined(separator: ", "), nearest.map { "nearest: \"\($0)\"" }])
    }

    private mutating func clientLoad(_ node: JSONNode, at path: SchemaPath) -> ClientGroupSpec.Load {
        guard node.members != nil else { return .closed }
        let (form, value) = node.onlyMember
        switch form {
        case "open": return .open(rate: value.child("rate").real)
        case "profile": return profile(value, at: path / form)
        case "replay": return .replay((value.elements ?? []).map(\.nanoseconds))
        default: preconditionFailure("the schema allows \"\(form)\"")
        }
    }

    private mutating func profile(_ node: JSONNode, at path: SchemaPath) -> ClientGroupSpec.Load {
        let steps = node.list.map { (from: $0.list[0].nanoseconds, rate: $0.list[1].real) }
        for index in steps.indices.dropFirst() where steps[index].from <= steps[index - 1].from {
            report(
                path / index, "instants must increase",
                notes: ["seen \(steps[index].from.inUnits)" + node.list[index].place.suffix])
        }
        if !steps.contains(where: { $0.rate > 0 }) { report(path, "every rate is 0", notes: [node.seen]) }
        return .profile(steps)
    }

    /// The transactions of the scenario in its order.
    mutating func transactionSpecs(_ tables: [TableSpec]) -> [TransactionSpec] {
        var specs: [TransactionSpec] = []
        for member in root.child("transactions").members ?? [] {
            let path = SchemaPath("transactions") / member.key / "statements"
            var statements: [StatementSpec] = []
            for (index, node) in member.value.child("statements").list.enumerated() {
                statements.append(statement(node, number: index + 1, at: path / index, tables))
            }
            specs.append(TransactionSpec(name: member.key, statements: statements))
        }
        return specs
    }

    private mutating func statement(
        _ node: JSONNode, number: Int, at path: SchemaPath, _ tables: [TableSpec]
    ) -> StatementSpec {
        StatementSpec(
            name: node["name"]?.text ?? "statement \(number)", times: Int(node.child("times").integer),
            cpu: node["cpu"]?.nanoseconds,
            rows: node.child("rows").list.map {
                RowChoiceSpec(table: $0.child("table").text, count: Int($0.child("count").integer))
            },
            records: node.child("records").list.map {
                RecordSpec(
                    type: $0.child("type").text, length: Int($0.child("length").integer),
                    every: Int($0.child("every").integer), cpu: $0.child("cpu").nanoseconds, page: $0["page"]?.text)
            }, access: tableAccess(node, at: path, tables))
    }

    /// Names stand for groups and phases in results, where two of a kind could not be told apart.
    mutating func reportRepeatedNames(_ names: [(name: String, path: SchemaPath)]) {
        var seen: Set<String> = []
        for (name, path) in names where !seen.insert(name).inserted {
            report(path, "this name is given twice", notes: [seenNote(name)])
        }
    }
}
