import Experiments

/// The CSV file of a sweep: one row a point, repeat and metric, the varied paths as leading columns.
public enum SweepTable {
    /// The whole file. It depends on nothing but the sweep and the points in it.
    public static func csv(of result: SweepResult) -> String {
        let header =
            result.axes.map(\.path) + SweepMerge.sweepColumns + ResultTable.identity + ["metric", "unit", "value"]
        var csv = CSVText(header: header)
        for point in result.points {
            let place = point.values + [point.label, result.hash, "\(point.index + 1)/\(result.pointCount)"]
            let leading = (place + [point.scenario, point.scenarioHash]).map(CSVField.text)
            for run in point.repeats {
                for (metric, value) in zip(Metric.all, run.values) {
                    csv.append(
                        leading + [
                            .integer(run.seed), .text(metric.name), .text(metric.unit.rawValue), .optional(value),
                        ])
                }
            }
        }
        return csv.text
    }

    /// The text of a table that was read, or merged from several.
    public static func csv(of table: CSVTable) -> String {
        var csv = CSVText(header: table.header)
        for row in table.rows { csv.append(row.map(CSVField.text)) }
        return csv.text
    }
}
