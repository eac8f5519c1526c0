import Foundation
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
    /// - Throws: `Deadlock`, an `InputError` if a run came to a standstill, or what the file system said when a point
    ///   was to be kept.
    public static func run(
        _ plan: SweepPlan, points: [SweepPoint], store: PointStore? = nil,
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, options: RunOptions = RunOptions()
    ) throws -> SweepResult {
        let kept = SweepPoints(points, store: store)
        let options = RunOptions(onProgress: options.onProgress, shouldStop: options.shouldStop)
        _ = try ParallelRuns.map(kept.missing, jobs: jobs, options: options) { task, options in
            let scenario = points[task.point].scenario
            let run = try Experiment.runOnce(scenario, seed: task.seed, options: options)
            // What was cut short says nothing about the point.
            if !run.interrupted { try kept.finish(task, run.metrics(of: scenario)) }
        }
        let finished = kept.finished
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

/// What is known of a sweep's points. Shared by its runs.
private final class SweepPoints: Sendable {
    /// One repeat of one point.
    struct Task {
        var point: Int
        var seed: UInt64
    }

    private let points: [SweepPoint]
    private let store: PointStore?
    /// The runs that are still to do.
    let missing: [Task]
    /// Repeats by point; nil until one is done.
    private let repeats: Mutex<[[RepeatMetrics?]]>

    init(_ points: [SweepPoint], store: PointStore?) {
        self.points = points
        self.store = store
        let kept = points.map { store?.finished($0.scenario) }
        missing = points.indices.filter { kept[$0] == nil }.flatMap { point in
            (0..<points[point].scenario.repeats).map {
                Task(point: point, seed: points[point].scenario.seed &+ UInt64($0))
            }
        }
        repeats = Mutex(zip(points, kept).map { $1 ?? Array(repeating: nil, count: $0.scenario.repeats) })
    }

    /// Notes a run's metrics, and keeps its point if it was the last one missing.
    func finish(_ task: Task, _ metrics: RepeatMetrics) throws {
        let scenario = points[task.point].scenario
        let known = repeats.withLock { repeats in
            repeats[task.point][Int(task.seed &- scenario.seed)] = metrics
            return repeats[task.point].compactMap { $0 }
        }
        if known.count == scenario.repeats { try store?.keep(known, of: scenario) }
    }

    /// The repeats of each point that is complete.
    var finished: [[RepeatMetrics]?] {
        repeats.withLock { repeats in
            repeats.map { repeats in
                let done = repeats.compactMap { $0 }
                return done.count == repeats.count ? done : nil
            }
        }
    }
}
