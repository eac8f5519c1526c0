import Experiments
import Statistics

/// The answer of a search as one JSON object. Gains are relative: 0.06 is 6 % better; latencies are microseconds.
public enum TuneJSON {
    /// The object's text, ending in a line feed.
    public static func text(of result: TuneResult) -> String {
        var members: [(key: String, value: OrderedJSON)] = [
            ("walsim", .string(Walsim.version)),
            ("scenario", .string(result.name)),
            ("scenario_hash", .string(result.scenarioHash)),
            ("seed", .integer(result.seed)),
            (
                "objective",
                .object([
                    ("metric", .string(result.objective.metric.name)),
                    ("goal", .string(result.objective.maximizes ? "maximize" : "minimize")),
                ])
            ),
            ("subject_to", .array(result.requirements.map { .string("\($0.metric) \($0.text)") })),
            ("shortfalls", .array(result.shortfalls.map(shortfall))),
            ("indifference", .number(result.indifference)),
            ("best", values(result.candidates[result.best], result.paths)),
            ("verdict", .string(result.verdict.rawValue)),
            ("gain", change(result.gain)),
            ("gain_of", values(result.candidates[result.challenger], result.paths)),
            ("equivalence_p", .number(result.equivalencePValue)),
            ("price_p99", change(result.price)),
            ("repeats", .integer(UInt64(result.repeats))),
            ("simulations", .integer(UInt64(result.simulations))),
            ("guarantee", .string(result.guarantee)),
            ("warmup_seconds", .number(result.warmup.used)),
            ("mser5_seconds", .optional(result.warmup.needed)),
            ("configuration", .array(result.configuration.map { .string($0) })),
            ("candidates", .array(result.candidates.map { candidate($0, result) })),
        ]
        members.append(("clients", result.clients.map(clients) ?? .null))
        members.append(("half_sync_time", result.halfSync.map(halfSync) ?? .null))
        members.append(("warnings", .array(result.warnings.map { .string($0) })))
        return OrderedJSON.object(members).text() + "\n"
    }

    /// Paths and their values, numbers as numbers.
    private static func values(_ candidate: TuneCandidate, _ paths: [String]) -> OrderedJSON {
        .object(
            zip(paths, candidate.values).map { path, value in
                (path, Double(value).map { .number($0) } ?? .string(value))
            })
    }

    private static func shortfall(_ shortfall: Shortfall) -> OrderedJSON {
        .object([
            ("metric", .string(shortfall.requirement.metric)), ("condition", .string(shortfall.requirement.text)),
            ("best", .number(shortfall.value)), ("label", .string(shortfall.label)),
        ])
    }

    private static func change(_ change: RelativeChange) -> OrderedJSON {
        .object([("mean", .optional(change.mean)), ("ci95", interval(change.ci95))])
    }

    private static func interval(_ interval: ConfidenceInterval?) -> OrderedJSON {
        interval.map { .array([.number($0.low), .number($0.high)]) } ?? .null
    }

    private static func estimate(_ estimate: Estimate) -> OrderedJSON {
        .object([("mean", .optional(estimate.mean)), ("ci95", interval(estimate.ci95))])
    }

    private static func candidate(_ candidate: TuneCandidate, _ result: TuneResult) -> OrderedJSON {
        .object([
            ("values", values(candidate, result.paths)),
            ("label", .string(candidate.label)),
            (result.objective.metric.name, estimate(candidate.objective)),
            ("gain", change(candidate.gain)),
            ("latency_p99", estimate(candidate.p99)),
            ("feasible", .bool(candidate.isFeasible)),
            ("feasible_certain", .bool(candidate.feasibility.isCertain)),
            ("repeats", .integer(UInt64(candidate.repeats))),
        ])
    }

    private static func clients(_ clients: ClientDependence) -> OrderedJSON {
        let count = { (value: Int?) in value.map { OrderedJSON.integer(UInt64($0)) } ?? .null }
        return .object([
            ("present", .integer(UInt64(clients.present))),
            ("of", .string(clients.label)),
            ("ever_pays", .bool(clients.everPays)),
            ("pays_from", count(clients.paysFrom)),
            ("pays_up_to", count(clients.paysUpTo)),
            (
                "rows",
                .array(
                    clients.rows.map { row in
                        .object([
                            ("clients", .integer(UInt64(row.clients))), ("gain", change(row.gain)),
                            ("half_sync_time", row.halfSync.map(change) ?? .null),
                        ])
                    })
            ),
        ])
    }

    private static func halfSync(_ rule: HalfSyncVerdict) -> OrderedJSON {
        .object([
            ("commit_delay_us", .integer(UInt64(rule.microseconds))), ("gain", change(rule.gain)),
            ("right", .bool(rule.isRight)),
        ])
    }
}
