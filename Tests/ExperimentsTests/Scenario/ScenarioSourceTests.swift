import BundledScenarios
import Foundation
import Testing

@testable import Experiments

@Suite struct ScenarioSourceTests {
    private let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func name(_ asked: String, files: [String: String] = [:]) -> String? {
        try? ScenarioSource.find(asked, files: .texts(files)).name
    }

    @Test("A path wins, then the path regardless of case, then a bundled name")
    func order() {
        let files = ["Dir/Mine.json": "{}", "burst-insert": "{}", "dir2/a.JSON": "{}", "dir2/A.json": "{}"]
        #expect(name("Dir/Mine.json", files: files) == "Dir/Mine.json")
        #expect(name("dir/mine.JSON", files: files) == "Dir/Mine.json")
        #expect(name("burst-insert", files: files) == "burst-insert")
        #expect(name("dir2/a.json", files: files) == "dir2/A.json")
        #expect(name("./DIR/mine.json", files: files) == "Dir/Mine.json")
    }

    @Test(
        "A bundled scenario is found with or without scenarios/ and .json, in any case",
        arguments: [
            "burst-insert", "burst-insert.json", "scenarios/burst-insert", "scenarios/burst-insert.json",
            "Scenarios/burst-insert.json", "SCENARIOS/Burst-Insert.JSON", "./scenarios/burst-insert.json",
        ])
    func bundled(_ asked: String) {
        #expect(name(asked) == "burst-insert")
    }

    @Test("A scenario that does not exist is missing, with the nearest bundled one")
    func missing() throws {
        let error = #expect(throws: InputError.self) { try ScenarioSource.find("burst-insrt", files: .none) }
        #expect(error?.kind == .missing)
        #expect(
            error?.description == "burst-insrt: cannot read such a file, and no bundled scenario has this name "
                + "(nearest: \"burst-insert\"; the bundled ones: walsim scenarios)")
        #expect(throws: InputError.self) { try ScenarioSource.find("other/burst-insert", files: .none) }
        #expect(throws: InputError.self) { try ScenarioSource.find("", files: .none) }
    }

    @Test("Directories and devices are no scenarios, real files are")
    func disk() throws {
        #expect(FileAccess.disk.read("/dev/zero") == nil)
        #expect(FileAccess.disk.read("/") == nil)
        let path = repository.appending(path: "Scenarios/steady-commit.json").path
        #expect(try ScenarioSource.find(path).name == path)
        let shouted = repository.appending(path: "SCENARIOS/Steady-Commit.JSON").path
        #expect(try ScenarioSource.find(shouted).bytes == ScenarioSource.find(path).bytes)
    }

    @Test("Every scenario in Scenarios is built in, byte for byte")
    func allBundled() throws {
        let directory = repository.appending(path: "Scenarios")
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .filter { $0.hasSuffix(".json") && !$0.hasSuffix(".schema.json") }
        #expect(Set(files) == Set(BundledScenarios.all.map { $0.name + ".json" }))
        for scenario in BundledScenarios.all {
            let data = try Data(contentsOf: directory.appending(path: scenario.name + ".json"))
            #expect(scenario.text == String(decoding: data, as: UTF8.self), "\(scenario.name)")
        }
    }

    @Test("Every bundled scenario reads without a warning, has its file's name and says what it shows")
    func bundledScenarios() throws {
        for bundled in BundledScenarios.all {
            let scenario = try loadScenario(named: bundled.name, files: .none)
            #expect(scenario.name == bundled.name)
            #expect(scenario.description.count > 40)
            #expect(scenario.warnings.isEmpty)
        }
        let hashes = try BundledScenarios.all.map { try loadScenario(named: $0.name, files: .none).canonicalHash }
        #expect(Set(hashes).count == hashes.count)
    }
}
