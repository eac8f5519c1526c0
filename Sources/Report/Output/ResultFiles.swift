import Experiments

extension OutputFolder {
    /// Writes the CSV files of `result`, and those `streamed` while it ran, whole or not at all. Samples of an earlier
    /// run are removed if this one has none: they would stand beside files of other results.
    public func write(_ result: ExperimentResult, streamed: [String] = []) throws(OutputError) {
        let files = ResultTable.allCases.map { File(name: $0.fileName, contents: $0.csv(of: result)) }
        try write(files, streamed: streamed, without: [SampleRow.fileName].filter { !streamed.contains($0) })
    }
}
