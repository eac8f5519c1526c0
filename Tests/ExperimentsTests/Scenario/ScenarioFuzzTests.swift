import BundledScenarios
import Testing

@testable import Experiments

/// Inputs made from good scenarios by a fixed sequence of mutations. A crash is the failure that these tests look for;
/// beyond that, what is read must be one of two things: a scenario or an error with a text.
@Suite struct ScenarioFuzzTests {
    /// Pieces that mutations put in, chosen to get past the parser and into the checks.
    private static let pieces = [
        "{", "}", "[", "]", ":", ",", "\"", "\\u", "\\ud800", "//", "/*", "null", "true", "0", "-1", "1e999",
        "99999999999999999999", "0.0000001", "\"\"", "\"1ms\"", "\"-1ms\"", "\"1e9s\"", "\"9999999999h\"", "\"0\"",
        "{\"constant\":\"1ms\"}", "{\"lognormal\":{\"mean\":\"1ns\",\"sigma\":1}}", "{\"quantiles\":[[0.5,\"1ms\"]]}",
        "{\"mixture\":[]}", "{\"gamma\":{\"shape\":1,\"mean\":\"0s\"}}", "\"clients\":", "\"settings\":", "\"count\":",
        "\u{0}", "\u{FEFF}", "é", "😀",
    ].map { Array($0.utf8) }

    private func mutate(_ bytes: [UInt8], with generator: inout FixedGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, index + Int.random(in: 1...12, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(index..<end)
            case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
            case 3: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: index)
            case 4: bytes.replaceSubrange(index..<end, with: Self.pieces.randomElement(using: &generator) ?? [])
            default: bytes[index] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
        }
        return bytes
    }

    @Test("The parser survives 20,000 mutated scenarios", arguments: [1, 2] as [UInt64])
    func parser(seed: UInt64) {
        var generator = FixedGenerator(state: seed)
        let originals = BundledScenarios.all.map { Array($0.text.utf8) }
        var refused = 0
        for index in 0..<10_000 {
            let bytes = mutate(originals[index % originals.count], with: &generator)
            do throws(JSONSyntaxError) {
                let tree = try JSONParser.parse(bytes)
                // What was read can be written and read again.
                #expect((try? JSONParser.parse(tree.inlineText))?.canonicalText == tree.canonicalText)
            } catch {
                refused += 1
                #expect(error.line >= 1 && !error.message.isEmpty)
            }
        }
        #expect((1_000...9_900).contains(refused))
    }

    /// Values of another kind, size or sign in place of one that was right: these get past the parser.
    private static let values = [
        "null", "true", "0", "-1", "1e308", "-9223372036854775808", "18446744073709551615", "0.5", "\"\"", "\"x\"",
        "[]",
        "{}", "[[]]", "[null]", "{\"\":{}}", "\"1h\"", "\"-1us\"", "\"1e3ms\"", "\"0.1ns\"", "\"8760h\"",
        "{\"count\":1}",
        "[{\"count\":262142},{\"count\":1}]", "{\"constant\":0}", "{\"uniform\":{\"min\":\"2ms\",\"max\":\"1ms\"}}",
        "{\"profile\":[[\"1s\",0],[\"0s\",0]]}", "{\"replay\":\"x\"}", "[{\"name\":\"all\"}]", "\"on\"", "\"64kB\"",
    ]

    private func replaceSomeValue(in node: JSONNode, with generator: inout FixedGenerator) -> JSONNode {
        let isHere = Int.random(in: 0..<4, using: &generator) == 0
        let value = Self.values.randomElement(using: &generator).flatMap { try? JSONParser.parse($0) } ?? node
        switch node.kind {
        case .object(var members) where !members.isEmpty && !isHere:
            let index = Int.random(in: 0..<members.count, using: &generator)
            members[index].value = replaceSomeValue(in: members[index].value, with: &generator)
            return JSONNode(.object(members), at: node.place)
        case .array(var elements) where !elements.isEmpty && !isHere:
            let index = Int.random(in: 0..<elements.count, using: &generator)
            elements[index] = replaceSomeValue(in: elements[index], with: &generator)
            return JSONNode(.array(elements), at: node.place)
        default:
            return value
        }
    }

    @Test("Reading survives 2,000 scenarios with some values replaced by others")
    func reading() throws {
        var generator = FixedGenerator(state: 3)
        let originals = try BundledScenarios.all.map { try JSONParser.parse($0.text) }
        var outcomes = (read: 0, refused: 0)
        for index in 0..<2_000 {
            var tree = originals[index % originals.count]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                tree = replaceSomeValue(in: tree, with: &generator)
            }
            do throws(InputError) {
                _ = try loadScenario(text: tree.inlineText, file: "fuzz.json", files: .none)
                outcomes.read += 1
            } catch {
                outcomes.refused += 1
                #expect(!error.lines.isEmpty && error.lines.allSatisfy { $0.hasPrefix("fuzz.json: ") })
            }
        }
        #expect(outcomes.read > 50 && outcomes.refused > 500)
    }

    @Test("Any --set ends in a scenario or an error")
    func options() {
        var generator = FixedGenerator(state: 4)
        let parts = [
            "clients", "count", "0", "7", "-1", "host", "storage", "wal", "sync", "constant", "load", "", "server",
        ]
        for _ in 0..<1_000 {
            let length = Int.random(in: 0...5, using: &generator)
            let path = (0..<length).map { _ in parts.randomElement(using: &generator) ?? "" }.joined(separator: ".")
            let set = path + "=" + (Self.values.randomElement(using: &generator) ?? "")
            let lines = mistakes(minimalScenario, sets: [set])
            #expect(lines.allSatisfy { $0.count > 10 })
        }
    }
}
