import Postgres
import Testing
import WaitEvents

/// synchronous_standby_names, as PostgreSQL reads it.
@Suite struct SyncRepConfigTests {
    private func config(_ text: String, _ release: PostgresRelease = .v16) throws -> SyncRepConfig? {
        try SyncRepConfig.parse(text, release: release)
    }

    private func refusal(_ text: String, _ release: PostgresRelease = .v16) -> SyncRepConfigError? {
        do {
            _ = try SyncRepConfig.parse(text, release: release)
            return nil
        } catch {
            return error
        }
    }

    @Test("An empty value names nobody")
    func empty() throws { #expect(try config("") == nil) }

    @Test("A plain list waits for the first of those connected")
    func list() throws {
        #expect(try config("a, b") == SyncRepConfig(method: .priority, numSync: 1, members: ["a", "b"]))
        #expect(try config("*") == SyncRepConfig(method: .priority, numSync: 1, members: ["*"]))
        #expect(try config("2") == SyncRepConfig(method: .priority, numSync: 1, members: ["2"]))
    }

    @Test("A number before the list says how many; FIRST means the same, ANY means whichever")
    func counted() throws {
        #expect(try config("2 (a,b,c)") == SyncRepConfig(method: .priority, numSync: 2, members: ["a", "b", "c"]))
        #expect(try config("first 2(a, 7)") == SyncRepConfig(method: .priority, numSync: 2, members: ["a", "7"]))
        #expect(try config("ANY 1 ( a )") == SyncRepConfig(method: .quorum, numSync: 1, members: ["a"]))
    }

    @Test("Names may be quoted, and quotes doubled")
    func quoted() throws {
        #expect(try config("\"a b\", \"c\"\"d\"")?.members == ["a b", "c\"d"])
        #expect(try config("\"any\"")?.members == ["any"])
    }

    @Test("In 9.6 ANY and FIRST are names like others")
    func release96() throws {
        #expect(try config("any, first", .v96)?.members == ["any", "first"])
        #expect(refusal("ANY 1 (a)", .v96)?.detail == "syntax error at or near \"1\"")
    }

    @Test(
        "What PostgreSQL refuses is refused in its words",
        arguments: [
            ("a b", "syntax error at or near \"b\""), ("a,", "syntax error at end of input"),
            ("ANY (a)", "syntax error at or near \"(\""), ("2 (a", "syntax error at end of input"),
            ("a;b", "syntax error at or near \";\""), (" ", "syntax error at end of input"),
            ("first", "syntax error at end of input"), ("2 (a) b", "syntax error at or near \"b\""),
            ("\"a", "unterminated quoted identifier at end of input"),
            ("2 \"a", "unterminated quoted identifier at end of input"),
            // Of two mistakes the first; of a name in quotes the scanner shows their end.
            ("a b \"c", "syntax error at or near \"b\""), ("a \"b\"", "syntax error at or near \"\"\""),
            ("a \"\"", "syntax error at or near \"\"\""),
        ])
    func syntax(text: String, detail: String) { #expect(refusal(text)?.detail == detail) }

    @Test("At least one standby must be waited for")
    func zero() {
        #expect(refusal("0 (a)")?.message == "number of synchronous standbys (0) must be greater than zero")
    }

    @Test("A standby's priority is its place in the list whatever its case; with ANY all are equal")
    func priorities() throws {
        let first = try #require(try config("FIRST 2 (a, B, *)"))
        #expect(["A", "b", "c"].map(first.priority(of:)) == [1, 2, 3])
        let any = try #require(try config("ANY 2 (a, b)"))
        #expect(["a", "b", "c"].map(any.priority(of:)) == [1, 1, 0])
    }
}
