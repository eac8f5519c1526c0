import Experiments

extension OutputFolder {
    /// Writes the CSV files of `result`, and those `streamed` while it ran, whole or not at all. Files of an earlier
    /// run that this one has none of are removed: they would stand beside files of other results.
    public func write(_ result: ExperimentResult, streamed: [String] = []) throws(OutputError) {
        let tables = ResultTable.of(result)
        let files = tables.map { File(name: $0.fileName, contents: $0.csv(of: result)) }
        let absent = ResultTable.allCases.filter { !tables.contains($0) }.map(\.fileName)
        try write(files, streamed: streamed, without: absent + [SampleRow.fileName].filter { !streamed.contains($0) })
    }
}
