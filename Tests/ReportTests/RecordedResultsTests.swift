import Experiments
import Foundation
import Testing

@testable import Report

@Suite("The results kept in the repository")
struct RecordedResultsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What `make results` sets, so that a debug build is done in seconds.
    private static let short = ["duration=1s", "warmup=200ms", "observe.timeline_interval=100ms"]

    /// The folders of Results/, each named after a bundled scenario.
    private static let names: [String] = {
        let folder = root.appendingPathComponent("Results").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // The accuracy certificate is a page among them.
        return names.filter { !$0.hasSuffix(".md") }.sorted()
    }()

    @Test("There are recorded results of the small scenarios")
    func thereAreSome() { #expect(Self.names.count >= 5) }

    /// A difference is a change of behaviour: if it is meant, `make results` records it, to be looked at in the commit.
    @Test("A fresh run gives the recorded bytes, in every file", arguments: names)
    func freshRunIsTheSame(_ name: String) throws {
        let scenario = try loadScenario(named: name, sets: Self.short, repeats: 2)
        let result = try Experiment.run(scenario)
        for table in ResultTable.of(result) {
            let file = Self.root.appendingPathComponent("Results/\(name)/\(table.fileName)")
            let recorded = try String(contentsOf: file, encoding: .utf8)
            #expect(
                table.csv(of: result) == recorded, "Results/\(name)/\(table.fileName) differs; make results renews it")
        }
    }
}
