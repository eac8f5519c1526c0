import Testing

@testable import Experiments

/// The JSON Schema of a setting against `SettingDefinition.parse`, which decides.
@Suite("What the JSON Schema says of a setting")
struct SettingSchemaTests {
    private static let numbers = [
        "1", " 1 ", "+1", "-1", "--1", "1.5", ".5", "5.", ".", "", "1e3", "1e", "1E-2", "0x10", "0x", "010", "ten",
        "1 2", "1_000", "1,5", "inf", "nan",
    ]
    private static let units = ["", " ", "B", "kB", "KB", "mb", "MB", "GB", "TB", "us", "ms", "MS", "s", "sec", "min"]
    private static let booleans = [
        "on", "ON", "o", "of", "Off", "offs", "true", "T", "tru", "yes", "y", "yess", "no", "n", "f", "FALSE", "1", "0",
        "10", "", "2", "enabled",
    ]

    private func pattern(of type: SettingType) throws -> String {
        let schema = SettingJSONSchema.schema(of: type)
        return try #require((schema["anyOf"]?.elements?.last ?? schema)["pattern"]).text
    }

    /// Whether PostgreSQL takes a text, finds it malformed, or finds a well-formed value out of range (nil).
    private func isTaken(_ text: String, by definition: SettingDefinition) -> Bool? {
        do {
            _ = try definition.parse(text)
            return true
        } catch {
            return error.message.hasPrefix("invalid value") && error.hint != "Value exceeds integer range."
                ? false : nil
        }
    }

    @Test("Its pattern refuses each text that is no number with a known unit, and takes each that is in range")
    func numbers() throws {
        var definitions: [String: SettingDefinition] = [:]
        for definition in SettingTable.definitions {
            switch definition.type {
            case .integer, .real: definitions[try pattern(of: definition.type)] = definition
            default: break
            }
        }
        #expect(definitions.count > 5)
        for (pattern, definition) in definitions {
            let pattern = try Regex(pattern)
            for text in Self.numbers.flatMap({ number in Self.units.map { number + $0 } }) {
                // A negative size or time may round to 0, but nobody means that.
                guard let isTaken = isTaken(text, by: definition), !isTaken || !text.hasPrefix("-") else { continue }
                #expect(try (pattern.wholeMatch(in: text) != nil) == isTaken, "\(definition.name) = \"\(text)\"")
            }
        }
    }

    @Test("Its pattern of a Boolean takes the words that PostgreSQL takes, and their beginnings")
    func booleans() throws {
        let definition = try #require(SettingTable.definitions.first { $0.name == "fsync" })
        let pattern = try Regex(pattern(of: definition.type))
        for text in Self.booleans {
            let isTaken = (try? definition.parse(text)) != nil
            #expect(try (pattern.wholeMatch(in: text) != nil) == isTaken, "\"\(text)\"")
        }
    }

    @Test("A choice takes the words that PostgreSQL takes, in upper and lower case, and Booleans where they are words")
    func choices() throws {
        var count = 0
        for definition in SettingTable.definitions {
            guard case .choice(let names, _) = definition.type else { continue }
            count += 1
            let schema = SettingJSONSchema.schema(of: definition.type)
            let values = try #require(schema["anyOf"]?.elements?.first?["enum"]?.elements)
            let pattern = try Regex(pattern(of: definition.type))
            for name in names { #expect(values.contains { $0.inlineText == "\"\(name)\"" }) }
            let words = names + Self.booleans + ["archive", "hot_standby", "no such"]
            for text in words + words.map({ $0.uppercased() }) {
                let isTaken = (try? definition.parse(text)) != nil
                #expect(try (pattern.wholeMatch(in: text) != nil) == isTaken, "\(definition.name) = \"\(text)\"")
            }
            for value in [JSONNode.bool(true), .bool(false), .integer(0), .integer(1), .integer(2)] {
                var checker = SchemaChecker()
                let isTaken = checker.check(value, .setting(definition), at: .root) != nil
                let isListed = values.contains { $0.inlineText == value.inlineText }
                #expect(isListed == isTaken, "\(definition.name) = \(value.inlineText)")
            }
        }
        #expect(count > 4)
    }
}
