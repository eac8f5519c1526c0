import Instrumentation
import SimTime
import WaitEvents

/// Why a run took the time that it took: blocking chains, and the path of its slowest commit.
public struct RunExplanation: Sendable {
    /// Time that processes spent in one chain of waits.
    public struct Chain: Sendable {
        /// The waiter's type, such as `client backend`.
        public var process: String
        /// The waiter's own name if there may be several of its type, such as `walreceiver b`; else its type.
        public var name: String
        /// What the waiter does, then its blocker, and so on; blockers that have a name or are of another type than the
        /// waiter begin with it.
        public var links: [String]
        /// How many processes were in it on average.
        public var sessions: Double
        /// The time, summed over processes.
        public var total: TotalTime

        /// What tells it from every other chain.
        fileprivate var frames: String { ([process] + links).joined(separator: "\n") }
    }

    /// A stretch of a commit's path.
    public struct Step: Sendable {
        /// Since the transaction began.
        public var at: Nanoseconds
        /// How long it lasted.
        public var length: Nanoseconds
        /// What the backend did.
        public var doing: String
        /// Who it waited for, and what that one did, link by link; empty if it waited for nobody.
        public var because: [String]
    }

    /// The slowest transaction on the server, from the first message after its backend's last commit to the reply.
    public struct CommitPath: Sendable {
        /// Such as `client backend 17`.
        public var process: String
        /// Since t = 0.
        public var began: Nanoseconds
        /// From its beginning to the reply.
        public var length: Nanoseconds
        /// Its stretches, one behind the other; together they have its length.
        public var steps: [Step]
    }

    /// The chains of active processes, the longest time first.
    public var chains: [Chain]
    /// Nil if no transaction committed.
    public var slowest: CommitPath?

    /// What an observer has seen of its run.
    ///
    /// - Precondition: the run is over.
    public init(_ observer: ChainObserver) {
        let release = observer.facts.release
        func text(_ link: ChainKind.Link, of waiter: BackendType?) -> String {
            let name = link.name ?? (link.type == waiter ? nil : link.type?.name)
            return [name, link.doing.text(in: release)].compactMap(\.self).joined(separator: ": ")
        }
        let span = Double(max(observer.span.count, 1))
        chains = observer.chains.map { kind, total in
            let waiter = kind.links[0]
            let type = waiter.type?.name ?? ""
            return Chain(
                process: type, name: waiter.name ?? type,
                links: [waiter.doing.text(in: release)] + kind.links.dropFirst().map { text($0, of: waiter.type) },
                sessions: Double(total.count) / span, total: total)
        }.sorted { ($1.total, $0.frames) < ($0.total, $1.frames) }
        slowest = observer.slowest.map { Self.path($0, observer) }
    }

    private static func path(_ path: RecordedPath, _ observer: ChainObserver) -> CommitPath {
        func name(_ number: Int) -> String {
            observer.standbyWaits.names[number] ?? "\(observer.processes[number].type.name) \(number)"
        }
        let release = observer.facts.release
        let steps = path.steps.map { step in
            Step(
                at: step.from - path.began, length: step.length, doing: step.chain[0].doing.text(in: release),
                because: step.chain.dropFirst().map { link in
                    let doing = link.doing.text(in: release)
                    return link.process < 0 ? doing : "\(name(link.process)): \(doing)"
                })
        }
        return CommitPath(
            process: name(path.process), began: path.began - observer.facts.start, length: path.length,
            steps: joined(steps))
    }

    /// Steps of the same kind that follow each other are one.
    private static func joined(_ steps: [Step]) -> [Step] {
        steps.reduce(into: []) { result, step in
            if let last = result.last, last.doing == step.doing, last.because == step.because {
                result[result.count - 1].length += step.length
            } else {
                result.append(step)
            }
        }
    }

    /// The chains as flame graph programs read them: a line a stack, the waiter first, microseconds last.
    public var foldedStacks: String {
        chains.filter { $0.total.count >= 1_000 }.map { chain in
            let frames = [chain.name, chain.links[0]] + chain.links.dropFirst().map { "behind \($0)" }
            return frames.joined(separator: ";") + " \(chain.total.count / 1_000)\n"
        }.sorted().joined()
    }
}
