import Testing

@testable import Experiments

@Suite("The values of --vary")
struct SweepAxisTests {
    private func values(_ list: String) throws -> [String] { try SweepAxis(option: "a.b=\(list)").values }

    @Test("Values are split at commas outside of brackets and quotes")
    func splitting() throws {
        #expect(try values("1, 2,3") == ["1", "2", "3"])
        #expect(
            try values(#"{"constant":"2ms"},{"uniform":{"min":"1ms","max":"2ms"}}"#) == [
                #"{"constant":"2ms"}"#, #"{"uniform":{"min":"1ms","max":"2ms"}}"#,
            ])
        #expect(try values("[1,2],[3]") == ["[1,2]", "[3]"])
        #expect(try values(#""a,b","c\",d""#) == [#""a,b""#, #""c\",d""#])
    }

    @Test("A range keeps its unit and includes both ends")
    func ranges() throws {
        #expect(try values("0..4000:1000") == ["0", "1000", "2000", "3000", "4000"])
        #expect(try values("1ms..3ms:1ms") == ["1ms", "2ms", "3ms"])
        #expect(try values("0..1000:400") == ["0", "400", "800", "1000"])
        #expect(try values("0.1..0.4:0.1") == ["0.1", "0.2", "0.3", "0.4"])
        #expect(try values("8..2:3") == ["8", "5", "2"])
        #expect(try values("-1..1:1") == ["-1", "0", "1"])
        #expect(try values("7..7:1") == ["7"])
        #expect(try values("64kB,1MB..3MB:1MB") == ["64kB", "1MB", "2MB", "3MB"])
    }

    @Test("Numbers with units of one kind are counted in the smallest of them")
    func mixedUnits() throws {
        #expect(try values("500us..2ms:500us") == ["500us", "1000us", "1500us", "2000us"])
        #expect(try values("0..2ms:1ms") == ["0ms", "1ms", "2ms"])
    }

    @Test(
        "What has no such form is wrong usage",
        arguments: [
            "a.b", "=1,2", "a.b=", "a.b=1,,2", "a.b=1,1", "a.b=1..5", "a.b=1..5:0", "a.b=1..5:-1", "a.b=1..5:x",
            "a.b=1ms..5MB:1ms", "a.b=1ms..5:1ms", "a.b=0..1000000000:1", "seed=1,2", "repeats=1,2",
        ])
    func mistakes(_ option: String) throws {
        let error = try #require(throws: InputError.self) { try SweepAxis(option: option) }
        #expect(error.kind == .usage)
        #expect(error.description.contains("--vary"))
    }

    @Test("A text with two dots that is no range of numbers is a value")
    func noRange() throws {
        #expect(try values("../a.conf,x..y") == ["../a.conf", "x..y"])
    }
}
