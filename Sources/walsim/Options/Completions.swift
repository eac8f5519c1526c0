import ArgumentParser
import BundledScenarios
import Experiments
import Foundation
import WaitEvents

/// What shells offer when a value is completed.
extension CompletionKind {
    /// A scenario: a bundled one, or a file that may be one.
    static var scenario: CompletionKind {
        .custom { _, _, prefix in BundledScenarios.all.map(\.name) + scenarioFiles(completing: prefix) }
    }

    /// A metric of results.
    static var metric: CompletionKind { .list(Metric.all.map(\.name)) }

    /// A major release of PostgreSQL.
    static var release: CompletionKind { .list(PostgresRelease.allCases.map(\.rawValue)) }

    /// A transaction that every scenario has.
    static var transaction: CompletionKind { .list(["insert", "insert10", "insert-wide", "logical-message"]) }
}

/// JSON files, and folders with a slash, in the folder that an incomplete path is in.
private func scenarioFiles(completing prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let place = URL(fileURLWithPath: folder.isEmpty ? "." : folder)
    let files = try? FileManager.default.contentsOfDirectory(
        at: place, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    return (files ?? []).compactMap { file in
        let name = folder + file.lastPathComponent
        let isFolder = (try? file.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
        return isFolder ? name + "/" : name.hasSuffix(".json") ? name : nil
    }.sorted()
}
