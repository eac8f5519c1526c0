import DiscreteEvent
import Dispatch
import Foundation
import Instrumentation
import Synchronization

/// Runs the points of a sweep side by side on the machine's cores.
public enum Sweep {
    /// Runs `points`, which are all of the plan's or a shard, except those that `store` has already.
    ///
    /// Repeat k of every point has the same seed, so that differences between points are not hidden by chance (common
    /// random numbers). Results do not depend on `jobs`.
    ///
    /// - Parameters:
    ///   - points: part of `plan.points`.
    ///   - store: where points are kept when they are finished; nil keeps none.
    ///   - jobs: how many runs go on at a time.
    ///   - options: `onProgress` is told the share of all runs that were left to do.
    /// - Returns: all points; after an interruption those that are finished.
    /// - Throws: `Deadlock`, a `ScenarioError` if a run came to a standstill, or what the file system said when a point
    ///   was to be kept.
    public static func run(
        _ plan: SweepPlan, points: [SweepPoint], store: PointStore? = nil,
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, options: RunOptions = RunOptions()
    ) throws -> SweepResult {
        let kept = points.map { store?.finished($0.scenario) }
        let queue = SweepQueue(points: points, kept: kept, store: store, options: options)
        DispatchQueue.concurrentPerform(iterations: max(min(jobs, queue.taskCount), 1)) { _ in
            while let task = queue.next() { queue.run(task) }
        }
        let finished = try queue.finished()
        let results = zip(points, finished).compactMap { point, repeats in
            repeats.map {
                SweepPointResult(
                    index: point.index, values: point.values, label: point.label, scenario: point.scenario.name,
                    scenarioHash: point.scenario.canonicalHash, repeats: $0)
            }
        }
        return SweepResult(
            name: plan.name, hash: plan.hash, axes: plan.axes, pointCount: plan.points.count, points: results,
            isLabelled: plan.isLabelled, interrupted: results.count < points.count)
    }
}

/// The runs of a sweep that are still to do, and what those done have found. Shared by the workers.
private final class SweepQueue: Sendable {
    /// One repeat of one point.
    struct Task {
        var number: Int
        var point: Int
        var seed: UInt64
    }

    private struct State {
        var next = 0
        var progress: [Double]
        var progressSum = 0.0
        /// Repeats by point; nil until one is done.
        var repeats: [[RepeatMetrics?]]
        var failure: (any Error)?
    }

    private let points: [SweepPoint]
    private let store: PointStore?
    private let options: RunOptions
    private let tasks: [Task]
    private let state: Mutex<State>

    var taskCount: Int { tasks.count }

    init(points: [SweepPoint], kept: [[RepeatMetrics]?], store: PointStore?, options: RunOptions) {
        self.points = points
        self.store = store
        self.options = options
        let left = points.indices.filter { kept[$0] == nil }
        let runs = left.flatMap { point in
            (0..<points[point].scenario.repeats).map { (point, points[point].scenario.seed &+ UInt64($0)) }
        }
        tasks = runs.enumerated().map { Task(number: $0, point: $1.0, seed: $1.1) }
        let repeats = zip(points, kept).map { point, kept in
            kept ?? Array(repeating: nil, count: point.scenario.repeats)
        }
        state = Mutex(State(progress: Array(repeating: 0, count: tasks.count), repeats: repeats))
    }

    /// The next run; nil if all have begun, one has failed, or the sweep is to stop.
    func next() -> Task? {
        state.withLock { state in
            guard state.next < tasks.count, state.failure == nil, options.shouldStop?() != true else { return nil }
            state.next += 1
            return tasks[state.next - 1]
        }
    }

    func run(_ task: Task) {
        do {
            let scenario = points[task.point].scenario
            let run = try Experiment.runOnce(scenario, seed: task.seed, options: runOptions(task))
            // What was cut short says nothing about the point.
            if !run.interrupted { try finish(task, run.metrics(of: scenario)) }
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
    }

    private func runOptions(_ task: Task) -> RunOptions {
        var options = RunOptions(shouldStop: options.shouldStop)
        if let onProgress = self.options.onProgress {
            options.onProgress = { [self] share in onProgress(progress(task, share)) }
        }
        return options
    }

    /// Notes how far a run is; the share of all.
    private func progress(_ task: Task, _ share: Double) -> Double {
        state.withLock { state in
            state.progressSum += min(share, 1) - state.progress[task.number]
            state.progress[task.number] = min(share, 1)
            return state.progressSum / Double(tasks.count)
        }
    }

    /// Notes a run's metrics, and keeps its point if it was the last one missing.
    private func finish(_ task: Task, _ metrics: RepeatMetrics) throws {
        let scenario = points[task.point].scenario
        let whole: [RepeatMetrics]? = state.withLock { state in
            state.progressSum += 1 - state.progress[task.number]
            state.progress[task.number] = 1
            state.repeats[task.point][Int(task.seed &- scenario.seed)] = metrics
            let repeats = state.repeats[task.point].compactMap { $0 }
            return repeats.count == scenario.repeats ? repeats : nil
        }
        if let whole { try store?.keep(whole, of: scenario) }
    }

    /// The repeats of each point that is complete.
    func finished() throws -> [[RepeatMetrics]?] {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.repeats.map { repeats in
                let done = repeats.compactMap { $0 }
                return done.count == repeats.count ? done : nil
            }
        }
    }
}
