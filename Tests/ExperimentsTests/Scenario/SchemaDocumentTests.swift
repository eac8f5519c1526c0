import BundledScenarios
import Foundation
import Testing

@testable import Experiments

@Suite struct SchemaDocumentTests {
    private let scenarios = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scenarios")

    @Test("The published documents are those that the code makes; WALSIM_RECORD=1 writes them")
    func published() throws {
        for (name, text) in [("scenario.schema.json", jsonSchema()), ("README.md", scenarioReference())] {
            let file = scenarios.appending(path: name)
            if ProcessInfo.processInfo.environment["WALSIM_RECORD"] == "1" {
                try Data(text.utf8).write(to: file)
                Issue.record("recorded \(name); run again without WALSIM_RECORD")
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name)")
        }
    }

    @Test("The JSON Schema is JSON, and every reference in it leads somewhere")
    func references() throws {
        let schema = try JSONParser.parse(jsonSchema())
        let definitions = try #require(schema["$defs"]?.members).map { "#/$defs/" + $0.key }
        var found: Set<String> = []
        func collect(_ node: JSONNode) {
            if let reference = node["$ref"] { found.insert(reference.text) }
            (node.members ?? []).forEach { collect($0.value) }
            (node.elements ?? []).forEach(collect)
        }
        collect(schema)
        #expect(found == Set(definitions))
    }

    @Test("Where a duration or a size must not be zero the JSON Schema refuses it, as checking does")
    func zero() throws {
        let schema = try JSONParser.parse(jsonSchema())
        let types: [(String, SchemaType, [String])] = [
            ("duration", .anyDuration, ["us", "h"]), ("positiveDuration", .positiveDuration, ["us", "h"]),
            ("positiveSize", .size(1...1 << 40), ["B", "kB"]),
        ]
        for (name, type, units) in types {
            let definition = try #require(schema["$defs"]?[name])
            let pattern = try #require((definition["anyOf"]?.elements?.first ?? definition)["pattern"]).text
            let expression = try Regex(pattern)
            let numbers = ["0", "00", "0.", ".0", "0.00", "1", "+1", "10", "0100", "1.5", "1.0", "50", "+0", "-1", "."]
            for text in numbers.flatMap({ number in ["", "x"].map { number + $0 } + units.map { "\(number) \($0)" } }) {
                var checker = SchemaChecker()
                let isTaken = checker.check(.string(text), type, at: .root) != nil
                #expect(try (expression.wholeMatch(in: text) != nil) == isTaken, "\(name) = \"\(text)\"")
            }
            var checker = SchemaChecker()
            #expect((definition["anyOf"] != nil) == (checker.check(.integer(0), type, at: .root) != nil), "\(name) = 0")
        }
    }

    @Test("Every key has a meaning that ends as a sentence does")
    func meanings() {
        var paths: [String] = []
        func visit(_ type: SchemaType, path: String) {
            switch type {
            case .object(let schema):
                for key in schema.keys {
                    if !key.meaning.hasSuffix(".") { paths.append(path + "." + key.name) }
                    visit(key.type, path: path + "." + key.name)
                }
            case .list(let element, _), .map(let element): visit(element, path: path)
            case .oneOf(let alternatives): alternatives.forEach { visit($0, path: path) }
            // Distributions contain themselves; their own table is visited below.
            case .definition(let definition) where definition != .distribution: visit(definition.type, path: path)
            default: break
            }
        }
        visit(ScenarioSchema.root, path: "")
        visit(.object(DistributionSchema.object), path: "distribution")
        #expect(paths == [])
    }

    @Test("Every default is a value that its own type allows")
    func defaults() {
        var checker = SchemaChecker()
        func visit(_ type: SchemaType, path: SchemaPath) {
            switch type {
            case .object(let schema):
                for key in schema.keys {
                    if let fallback = key.fallback { _ = checker.check(fallback, key.type, at: path / key.name) }
                    visit(key.type, path: path / key.name)
                }
            case .list(let element, _), .map(let element): visit(element, path: path)
            case .oneOf(let alternatives): alternatives.forEach { visit($0, path: path) }
            case .definition(let definition) where definition != .distribution: visit(definition.type, path: path)
            default: break
            }
        }
        visit(ScenarioSchema.root, path: .root)
        #expect(checker.problems.map(\.description) == [])
    }

    @Test("The reference has a row for every key of the scenario, every distribution and every setting")
    func reference() throws {
        let text = scenarioReference()
        guard case .object(let root) = ScenarioSchema.root else {
            Issue.record("a scenario is no object")
            return
        }
        let names =
            root.keys.map(\.name) + DistributionSchema.object.keys.map(\.name) + SettingTable.definitions.map(\.name)
        for name in names + ["idle_exit_growth", "round_trip", "stalls", "record_copy", "every", "until"] {
            #expect(text.contains("\n| `\(name)` | "), "\(name)")
        }
    }
}
