import Foundation
import Testing

@testable import Experiments

/// The sample files: made by PostgreSQL 15.18, pgbench 15.18, fio 3.33 and sysstat 12.6.1 on one machine with two
/// cores, whose syncs were slowed to about 2 ms, and cut to some dozens of lines.
enum SampleFiles {
    static var folder: String {
        Bundle.module.resourceURL!.appendingPathComponent("Samples").path
    }

    static func file(_ name: String) throws -> InputFile {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        return InputFile(name: name, bytes: [UInt8](data))
    }

    static func file(text: String) -> InputFile { InputFile(name: "input", bytes: Array(text.utf8)) }

    /// The message of the error that reading ends with; nil if it does not.
    static func problem(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let problem as InputProblem {
            return "\(problem.file ?? "-"): \(problem)"
        } catch {
            return "\(error)"
        }
    }
}

extension PgbenchSummary {
    /// The first or only one of a file.
    init(_ file: InputFile) throws { self = try Self.all(file)[0] }
}
