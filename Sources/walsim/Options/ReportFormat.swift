import ArgumentParser

/// What a command that answers a question writes to standard output.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    /// A report for people.
    case table
    case json
}
