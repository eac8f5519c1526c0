import Testing
import WaitEvents

@testable import Postgres

/// What release 9.6 does in another way.
@Suite struct OldReleaseTests {
    @Test("Every difference that the traits list is monotone: a release has all that an older one brought")
    func traits() {
        let releases = PostgresRelease.allCases.map { ReleaseTraits($0) }
        let flags = releases.map { traits in Mirror(reflecting: traits).children.compactMap { $0.value as? Bool } }
        #expect(flags[0].count > 10)
        for trait in flags[0].indices {
            let changes = zip(flags, flags.dropFirst()).count { $0[trait] != $1[trait] }
            #expect(changes <= 1, "trait \(trait) comes and goes")
        }
        #expect(releases.first?.hasPgStatWAL == false && releases.last?.countsWALInPgStatIO == true)
    }
}
