import Experiments

/// The `explanation` member of the result's object, there only if one was asked for.
extension ResultJSON {
    /// The object's text with its explanation, ending in a line feed.
    public static func text(of result: ExperimentResult, explanation: Explanation?) -> String {
        guard let explanation, case .object(let members) = object(result) else { return text(of: result) }
        return OrderedJSON.object(members + [("explanation", object(explanation))]).text() + "\n"
    }

    private static func object(_ explanation: Explanation) -> OrderedJSON {
        .object([
            ("seed", .integer(explanation.seed)),
            (
                "blocking_chains",
                .array(
                    explanation.run.chains.map { chain in
                        .object([
                            ("backend_type", .string(chain.process)), ("process", .string(chain.name)),
                            ("links", .array(chain.links.map { .string($0) })), ("sessions", .number(chain.sessions)),
                            ("total_us", .number(chain.total.microseconds)),
                        ])
                    })
            ),
            ("slowest_commit", explanation.run.slowest.map(path) ?? .null),
            ("elasticity", explanation.profile.map { .array($0.rows.map(gain)) } ?? .null),
            ("observers", .array(explanation.observers.views.map(view))),
        ])
    }

    private static func path(_ path: RunExplanation.CommitPath) -> OrderedJSON {
        .object([
            ("process", .string(path.process)), ("began_us", .number(path.began.microseconds)),
            ("length_us", .number(path.length.microseconds)),
            (
                "steps",
                .array(
                    path.steps.map { step in
                        .object([
                            ("at_us", .number(step.at.microseconds)), ("length_us", .number(step.length.microseconds)),
                            ("doing", .string(step.doing)), ("because", .array(step.because.map { .string($0) })),
                        ])
                    })
            ),
        ])
    }

    private static func gain(_ row: CausalProfile.Row) -> OrderedJSON {
        func estimate(_ estimate: Estimate) -> OrderedJSON {
            .object([
                ("mean", .optional(estimate.mean)),
                ("ci95", estimate.ci95.map { .array([.number($0.low), .number($0.high)]) } ?? .null),
            ])
        }
        return .object([
            ("cost", .string(row.cost)), ("throughput_percent", estimate(row.throughput)),
            ("latency_p99_percent", estimate(row.latencyP99)),
        ])
    }

    private static func view(_ view: ObserverComparison.View) -> OrderedJSON {
        .object([
            ("observer", .string(view.observer)), ("looks", view.looks.map { .integer(UInt64($0)) } ?? .null),
            ("mean_active", .number(view.meanActive)), ("peak_active", .number(view.peakActive)),
            ("top_event", view.top.map { .string($0.event) } ?? .null), ("top_share", .optional(view.top?.share)),
            ("unseen", .array(view.unseen.map { .string($0.event) })),
        ])
    }
}
