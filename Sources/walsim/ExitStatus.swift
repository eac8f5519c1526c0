import ArgumentParser
import Experiments
import Foundation
import Report

/// The command's exit statuses (sysexits.h where that has one).
enum ExitStatus {
    static let negative = ExitCode(1)
    static let usage = ExitCode(64)
    static let badData = ExitCode(65)
    static let noInput = ExitCode(66)
    static let internalError = ExitCode(70)
    static let cannotCreate = ExitCode(73)
    static let interrupted = ExitCode(130)
}

/// Writes lines to standard error, each behind the command's name.
func complain(_ text: String) {
    say(text.split(separator: "\n").map { "walsim: \($0)" }.joined(separator: "\n"))
}

/// Writes a message to standard error.
func say(_ text: String) {
    let folded = MessageText.folded(text, on: .detect(fileDescriptor: STDERR_FILENO))
    StandardStreams.say(folded + "\n")
}

/// Says something that ends nothing: the results hold, but may not be what was meant.
func warn(_ text: String) { complain("warning: " + text) }

/// Runs a command's body; its errors become messages and exit statuses.
func withExitStatus(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as InputError {
        complain(error.description)
        throw error.exitCode
    } catch let error as OutputError {
        complain(error.description)
        throw ExitStatus.cannotCreate
    } catch let error as ValidationError {
        // Found after the options were read: the parser would show the usage of no command in particular.
        complain(error.message)
        throw ExitStatus.usage
    }
}

extension InputError {
    /// The status for the kind of error.
    var exitCode: ExitCode {
        switch kind {
        case .usage: ExitStatus.usage
        case .content: ExitStatus.badData
        case .missing: ExitStatus.noInput
        }
    }
}
