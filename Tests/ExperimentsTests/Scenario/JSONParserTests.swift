import Testing

@testable import Experiments

@Suite struct JSONParserTests {
    private func error(_ text: String) -> String? { error(Array(text.utf8)) }

    private func error(_ bytes: [UInt8]) -> String? {
        do throws(JSONSyntaxError) {
            _ = try JSONParser.parse(bytes)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Comments and trailing commas are allowed")
    func leniency() throws {
        let text = """
            // first
            {"a": [1, 2,], /* in
            between */ "b": {"c": null,},} // last
            """
        #expect(try JSONParser.parse(text).inlineText == #"{"a": [1, 2], "b": {"c": null}}"#)
    }

    @Test("A value knows its line and column")
    func places() throws {
        let root = try JSONParser.parse("{\n  \"é\": 1, \"b\": [\n    true]\n}")
        #expect(root.place == .file(line: 1, column: 1))
        #expect(root.members?[1].keyPlace == .file(line: 2, column: 11))
        #expect(root["b"]?.place == .file(line: 2, column: 16))
        #expect(root["b"]?.elements?[0].place == .file(line: 3, column: 5))
    }

    @Test("Numbers keep their text")
    func numbers() throws {
        let texts = ["0", "-0", "12345678901234567890123", "1.10", "-2.5e-7", "1E+5"]
        for text in texts { #expect(try JSONParser.parse(text).inlineText == text) }
    }

    @Test(
        "What is no number is an error",
        arguments: ["01", "-", "1.", ".5", "+1", "1e", "0x10", "NaN", "Infinity", "1.e3", "-01", "5ms"])
    func wrongNumbers(_ text: String) {
        #expect(error(text)?.hasPrefix("line 1: ") == true)
    }

    @Test("Escapes and surrogate pairs become their characters, and are written back so that they read the same")
    func strings() throws {
        let node = try JSONParser.parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 ü""#)
        #expect(node.text == "\"\\/\u{8}\u{C}\n\r\té😀 ü")
        #expect(try JSONParser.parse(node.inlineText).text == node.text)
    }

    @Test(
        "Syntax errors name the line, what was expected and what was found",
        arguments: [
            ("{\n\n  \"x\" 1}", "line 3: expected ':' after key \"x\", found '1'"),
            ("{\"x\": 1\n \"y\": 2}", "line 2: expected ',' or '}' after the value of key \"x\", found '\"'"),
            ("[1 2]", "line 1: expected ',' or ']' after a list element, found '2'"),
            ("{x: 1}", "line 1: expected a key in double quotes, found 'x'"),
            ("{\"x\": yes}", "line 1: expected a value, found yes (strings need double quotes)"),
            ("{\"x\": }", "line 1: expected a value, found '}'"),
            ("{\"x\": 5ms}", "line 1: a value with a unit needs double quotes"),
            ("{,}", "line 1: expected a key in double quotes, found ','"),
            ("[1,,2]", "line 1: expected a value, found ','"),
            ("{\"x\": 1}\n}", "line 2: unexpected '}' after the end of the value"),
            ("{\"x\": 1", "line 1: expected ',' or '}' after the value of key \"x\", found the end of the text"),
            ("{\"x\n\": 1}", "line 1: this string has no end in its line"),
            ("\n\"abc", "line 2: this string has no end"),
            ("[1, /* 2]", "line 1: this comment has no end"),
            ("[1, / 2]", "line 1: expected a value or a comment, found '/'"),
            ("", "line 1: there is nothing here, expected '{'"),
            (#"["\q"]"#, #"line 1: unknown escape in a string (known are \" \\ \/ \b \f \n \r \t \u)"#),
            (#"["\ud83d"]"#, "line 1: half a surrogate pair in a string"),
            (#"["\ud83dA"]"#, "line 1: half a surrogate pair in a string"),
            (#"["\ude00"]"#, "line 1: half a surrogate pair in a string"),
            (#"["\u12g4"]"#, "line 1: \\u needs four hexadecimal digits"),
            ("[\"a\tb\"]", "line 1: a control character in a string must be written as an escape"),
        ])
    func syntaxErrors(_ text: String, _ message: String) {
        #expect(error(text) == message)
    }

    @Test("A key given twice is an error that names both lines")
    func repeatedKey() {
        #expect(error("{\"a\": 1,\n\"b\": 2,\n\"a\": 3}") == "line 3: key \"a\" is already given in line 1")
    }

    @Test("Nesting is limited, and the limit itself is allowed")
    func depth() {
        let limit = JSONParser.depthLimit
        let nested = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(error(nested(limit)) == nil)
        #expect(error(nested(limit + 1)) == "line 1: nested more than 64 levels deep")
        #expect(error(String(repeating: "{\"a\":", count: 1_000_000)) == "line 1: nested more than 64 levels deep")
    }

    @Test("Invalid UTF-8 is an error in its line, wherever it stands")
    func invalidUTF8() {
        #expect(error(Array("{\n\"a\": \"".utf8) + [0xFF] + Array("\"}".utf8)) == "line 2: invalid UTF-8")
        #expect(error(Array("[1] // ".utf8) + [0xC3]) == "line 1: invalid UTF-8")
        // An overlong slash and a surrogate in UTF-8 are invalid too.
        #expect(error([0x22, 0xC0, 0xAF, 0x22]) == "line 1: invalid UTF-8")
        #expect(error([0x22, 0xED, 0xA0, 0x80, 0x22]) == "line 1: invalid UTF-8")
    }

    @Test("A byte order mark is skipped")
    func byteOrderMark() {
        #expect(error([0xEF, 0xBB, 0xBF] + Array("{}".utf8)) == nil)
    }
}
