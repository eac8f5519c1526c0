import Dispatch
import Synchronization

/// Independent pieces of work side by side on the machine's cores.
public enum ParallelRuns {
    /// Calls `body` for each element, several at a time.
    ///
    /// - Parameters:
    ///   - jobs: how many at a time; the values do not depend on it.
    ///   - options: `shouldStop` is asked before each begins; `onProgress` is told the share of those that are done.
    /// - Returns: what it gave, in the order of the elements; nil for those that had not begun when it was to stop.
    public static func map<Element: Sendable, Value: Sendable>(
        _ elements: [Element], jobs: Int, options: RunOptions = RunOptions(), _ body: @Sendable (Element) -> Value
    ) -> [Value?] {
        let state = Mutex((next: 0, done: 0, values: [Value?](repeating: nil, count: elements.count)))
        DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), elements.count)) { _ in
            while options.shouldStop?() != true {
                let index = state.withLock { state in
                    state.next += 1
                    return state.next - 1
                }
                guard index < elements.count else { return }
                let value = body(elements[index])
                let done = state.withLock { state in
                    state.values[index] = value
                    state.done += 1
                    return state.done
                }
                options.onProgress?(Double(done) / Double(elements.count))
            }
        }
        return state.withLock { $0.values }
    }
}
