import Foundation
import Testing

/// How the command finds a scenario, from wherever it is called.
@Suite("Names of scenarios")
struct ScenarioNameTests {
    private func csv(_ name: String, with command: Command = Command()) throws -> String {
        let outcome = try command.run(["run", name, "--format", "csv", "--quiet"] + Command.short)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test("Every spelling of a bundled scenario runs it, from a directory that has none")
    func spellings() throws {
        let plain = try csv("burst-insert")
        #expect(
            plain.hasPrefix("scenario,scenario_hash,seed,metric,unit,value\r\nburst-insert,")
                || plain.hasPrefix("scenario,scenario_hash,seed,metric,unit,value\nburst-insert,"))
        for name in ["scenarios/burst-insert.json", "Scenarios/burst-insert.json", "./scenarios/Burst-Insert"] {
            #expect(try csv(name) == plain, "\(name)")
        }
    }

    @Test("A binary that was copied elsewhere still has the bundled scenarios")
    func movedBinary() throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(atPath: Command.binary, toPath: scratch.place("moved"))
        let moved = Command(binary: scratch.place("moved"), folder: scratch.path)
        #expect(try csv("scenarios/burst-insert.json", with: moved) == csv("burst-insert"))
    }

    @Test("A file wins over a bundled scenario of its name, and its path is compared without regard to case")
    func files() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.place("Scenarios"), withIntermediateDirectories: true)
        try scratch.write(#"{"name": "mine", "clients": {"count": 2}}"#, to: "Scenarios/Burst-Insert.json")
        let command = Command(folder: scratch.path)
        for name in [
            "Scenarios/Burst-Insert.json", "scenarios/burst-insert.json", scratch.place("scenarios/BURST-insert.JSON"),
        ] {
            #expect(try csv(name, with: command).contains("\nmine,"), "\(name)")
        }
    }

    @Test("The bundled scenarios are listed one a line, and each is fine")
    func list() throws {
        let outcome = try Command().run("scenarios")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let names = outcome.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names.contains("burst-insert") && names.contains("steady-commit"))
        #expect(names.count == outcome.output.split(separator: "\n").count)
        let checked = try Command().run(["validate"] + names)
        #expect(checked.status == 0)
        #expect(checked.output.split(separator: "\n").count == names.count)
    }

    @Test("Checking tells good from bad scenarios and runs none")
    func validate() throws {
        let scratch = try Scratch()
        try scratch.write(#"{"clients": {"count": 8, "tink": 3}}"#, to: "bad.json")
        let command = Command(folder: scratch.path)
        let bad = try command.run("validate", "steady-commit", "bad.json")
        #expect(bad.status == 65)
        #expect(bad.output.hasPrefix("steady-commit: fine"))
        #expect(bad.errors.hasPrefix("walsim: bad.json: clients.tink: unknown key"))
        #expect(try command.run("validate", "bad.json", "missing.json").status == 66)
    }
}
