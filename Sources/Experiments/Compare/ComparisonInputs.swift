/// The tables that a comparison sets side by side.
struct ComparisonInputs {
    /// A table of either side.
    struct Pair {
        /// The table's name in a folder; empty for single files.
        var name: String
        var base: CSVTable
        var new: CSVTable
    }

    let pairs: [Pair]
    let isFolder: Bool
    private(set) var warnings: [String] = []

    /// The files of a folder that are compared, in this order; histograms and the timeline repeat what these say.
    private static let compared = ["summary", "phases", "wait_events", "wal_records"]

    /// Reads two files, or the files that two folders have in common.
    init(_ base: String, _ new: String, files: FileAccess) throws(InputError) {
        guard let baseNames = files.list(base) else {
            if files.list(new) != nil { throw Self.mixed(new, "is a folder and \(base) is none") }
            let table = try CSVTable(file: base, files: files)
            pairs = [Pair(name: "", base: table, new: try CSVTable(file: new, files: files))]
            isFolder = false
            return
        }
        guard let newNames = files.list(new) else {
            if files.read(new) == nil {
                throw InputError(.missing, file: new, "cannot read such a folder")
            }
            throw Self.mixed(new, "is a file and \(base) is a folder")
        }
        isFolder = true
        var pairs: [Pair] = []
        for name in Self.compared {
            let file = name + ".csv"
            let (inBase, inNew) = (baseNames.contains(file), newNames.contains(file))
            if inBase != inNew { warnings.append("\(inBase ? new : base): has no \(file)") }
            guard inBase, inNew else { continue }
            let table = try CSVTable(file: base + "/" + file, files: files)
            pairs.append(Pair(name: name, base: table, new: try CSVTable(file: new + "/" + file, files: files)))
        }
        self.pairs = pairs
        if pairs.isEmpty { throw Self.mixed(new, "has no file of results in common with \(base)") }
    }

    private static func mixed(_ file: String, _ what: String) -> InputError {
        InputError(.content, file: file, what, notes: ["compare two files, or two folders that walsim run --out wrote"])
    }
}
