import Instrumentation
import SimTime

extension ScenarioBuilder {
    /// The phases that fit into the run; those beyond its end are left out with a warning, so that `--set duration`
    /// can shorten a run.
    mutating func phaseSpecs(duration: Nanoseconds?) -> [PhaseSpec] {
        let nodes = root.child("phases").list
        let specs = nodes.map { PhaseSpec(name: $0.child("name").text, end: Self.end($0)) }
        let path = SchemaPath("phases")
        reportRepeatedNames(specs.enumerated().map { ($1.name, path / $0 / "name") })
        for (index, spec) in specs.enumerated() where spec.name == SpanResult.wholeName {
            report(path / index / "name", "\"all\" stands for the whole run in results", notes: [nodes[index].seen])
        }
        let times = nodes.filter { $0["until"] != nil }.count
        let counts = nodes.filter { $0["transactions"] != nil }.count
        let rests = nodes.filter { $0["idle"] != nil }.count
        if times > 0, counts > 0 { report(path, "phases end either at instants or after transactions, not both") }
        for (index, spec) in specs.enumerated().dropLast() {
            if case .endOfRun = spec.end {
                report(
                    path / index, "only the last phase may have no end",
                    notes: ["allowed: \"until\", \"transactions\" or \"idle\""])
            }
        }
        if times == 0, counts > 0, counts + rests < nodes.count, duration == nil {
            report(path / (nodes.count - 1), "an open end after counted phases needs \"duration\"")
        }
        return withinRun(specs, duration: duration, at: path)
    }

    private static func end(_ node: JSONNode) -> PhaseSpec.End {
        if let until = node["until"] { return .until(until.nanoseconds) }
        if let count = node["transactions"] { return .transactions(UInt64(count.integer)) }
        if let rest = node["idle"] { return .idle(rest.nanoseconds) }
        return .endOfRun
    }

    private mutating func withinRun(
        _ specs: [PhaseSpec], duration: Nanoseconds?, at path: SchemaPath
    ) -> [PhaseSpec] {
        var start = Nanoseconds.zero
        var result: [PhaseSpec] = []
        for (index, spec) in specs.enumerated() {
            if let duration, start >= duration {
                warnings.append("\(path / index): \"\(spec.name)\" begins after the end of the run and is left out")
                continue
            }
            if case .idle(let rest) = spec.end { start += rest }
            guard case .until(let end) = spec.end else {
                result.append(spec)
                continue
            }
            if end <= start {
                report(
                    path / index / "until", "must be later than the end of the phase before",
                    notes: ["seen \(end.inUnits)"])
            }
            let reachesEnd = duration.map { end >= $0 } ?? false
            result.append(PhaseSpec(name: spec.name, end: reachesEnd ? .endOfRun : spec.end))
            start = end
        }
        return result
    }
}
