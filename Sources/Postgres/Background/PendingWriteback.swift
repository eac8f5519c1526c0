/// Pages that were written and that the operating system is to begin with soon (buf_internals.h, `WritebackContext`).
struct PendingWriteback {
    /// Neighbouring pages of a file.
    struct Run {
        var file: Int
        var first: Int
        var count: Int
    }

    private var runs: [Run] = []
    /// How many pages wait.
    private(set) var count = 0

    /// Adds a page. Pages come in the order of their files and blocks, so that neighbours follow each other.
    mutating func add(_ file: Int, _ block: Int) {
        count += 1
        if let last = runs.last, last.file == file, last.first + last.count == block {
            runs[runs.count - 1].count += 1
        } else {
            runs.append(Run(file: file, first: block, count: 1))
        }
    }

    /// All of them; none is left.
    mutating func take() -> [Run] {
        defer { self = PendingWriteback() }
        return runs
    }
}
