import Dispatch
import Synchronization

/// Independent pieces of work side by side on the machine's cores.
public enum ParallelRuns {
    /// Calls `body` for each element, several at a time, until one fails or gives a value that ends the work.
    ///
    /// - Parameters:
    ///   - jobs: how many at a time; the values do not depend on it.
    ///   - options: `shouldStop` is asked before each but the first begins; `onProgress` is told the share of all.
    ///   - isLast: whether no other piece is to begin after such a value.
    ///   - body: gets an element and the options of its own run, whose progress becomes part of the whole's.
    /// - Returns: what it gave, in the order of the elements; nil for those that had not begun when it was to stop.
    /// - Throws: what the first in that order threw, of those that failed.
    public static func map<Element: Sendable, Value: Sendable, Failure: Error>(
        _ elements: [Element], jobs: Int, options: RunOptions = RunOptions(),
        until isLast: @Sendable (Value) -> Bool = { _ in false },
        _ body: @Sendable (Element, RunOptions) throws(Failure) -> Value
    ) throws(Failure) -> [Value?] {
        let queue = WorkQueue<Value, Failure>(count: elements.count, options: options)
        DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), elements.count)) { _ in
            while let index = queue.next() {
                let outcome = Result { () throws(Failure) in try body(elements[index], queue.options(for: index)) }
                queue.finish(index, outcome, isLast: (try? outcome.get()).map(isLast) ?? true)
            }
        }
        var values: [Value?] = []
        for outcome in queue.outcomes { values.append(try outcome?.get()) }
        return values
    }
}

/// The pieces that are still to do, and what those done have given. Shared by the workers.
private final class WorkQueue<Value: Sendable, Failure: Error>: Sendable {
    private struct State {
        var next = 0
        var hasEnded = false
        var outcomes: [Result<Value, Failure>?]
        /// The share of each piece that is done, and their sum.
        var progress: [Double]
        var progressSum = 0.0
    }

    private let state: Mutex<State>
    private let count: Int
    private let options: RunOptions

    init(count: Int, options: RunOptions) {
        self.count = count
        self.options = options
        state = Mutex(
            State(outcomes: Array(repeating: nil, count: count), progress: Array(repeating: 0, count: count)))
    }

    /// The number of the next piece; nil if all have begun or the work is to stop. The first always begins, so that
    /// there is a result, if only of a run that is cut short at once.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < count, !state.hasEnded, state.next == 0 || options.shouldStop?() != true else {
                return nil
            }
            state.next += 1
            return state.next - 1
        }
    }

    func finish(_ index: Int, _ outcome: Result<Value, Failure>, isLast: Bool) {
        state.withLock { state in
            state.outcomes[index] = outcome
            state.hasEnded = state.hasEnded || isLast
        }
        options.onProgress?(progress(of: index, 1))
    }

    var outcomes: [Result<Value, Failure>?] { state.withLock { $0.outcomes } }

    /// The options of one piece.
    func options(for index: Int) -> RunOptions {
        var options = options
        if let onProgress = options.onProgress {
            options.onProgress = { [self] share in onProgress(progress(of: index, min(share, 1))) }
        }
        return options
    }

    /// Notes how much of a piece is done; the share of all.
    private func progress(of index: Int, _ share: Double) -> Double {
        state.withLock { state in
            state.progressSum += share - state.progress[index]
            state.progress[index] = share
            return min(state.progressSum / Double(count), 1)
        }
    }
}
