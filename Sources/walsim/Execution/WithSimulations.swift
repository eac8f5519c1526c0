import DiscreteEvent
import Experiments
import Foundation
import Report

/// Runs simulations for a command: side by side, with a progress bar, and to an orderly end at Ctrl-C.
///
/// - Parameters:
///   - label: what stands in front of the bar.
///   - quiet: no bar.
///   - jobs: how many at a time; nil: one a core.
///   - body: gets that number, and options that ask for an end and tell the bar.
/// - Throws: what `body` throws; a `Deadlock`, a defect of an algorithm, is reported and becomes its exit status.
func withSimulations<Result>(
    label: String, quiet: Bool = false, jobs: Int?, _ body: (_ jobs: Int, _ options: RunOptions) throws -> Result
) throws -> Result {
    let bar = quiet ? nil : ProgressBar(label: label)
    defer { bar?.finish() }
    let stopRequest = StopRequest.shared
    stopRequest.install()
    var options = RunOptions(shouldStop: { stopRequest.isMade })
    if let bar { options.onProgress = { bar.update($0) } }
    do {
        return try body(jobs ?? ProcessInfo.processInfo.activeProcessorCount, options)
    } catch let deadlock as Deadlock {
        complain("internal error: \(deadlock)")
        throw ExitStatus.internalError
    }
}
