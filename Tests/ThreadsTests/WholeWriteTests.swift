import Postgres
import Testing

@testable import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writing to files that do not take all at once.
@Suite("A write to a file")
struct WholeWriteTests {
    #if os(Linux)
        @Test("A write of which the file system takes a part fails for the reason that the rest has")
        func part() async {
            await #expect(processExitsWith: .success) {
                let temporary = try TemporaryDirectory()
                let directory = try DataDirectory(
                    path: temporary.path, format: WALPageFormat(release: .v16, segmentSize: 1 << 20))
                let files = DataFiles(directory)
                try files.write(file: 7, block: 0)
                // The next page fits in part: the first call writes that, and says nothing of the rest.
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
                errno = EEXIST
                let reason = "pwrite: " + String(cString: strerror(EFBIG))
                let error = #expect(throws: ThreadRunError.self) { try files.write(file: 7, block: 1) }
                #expect("\(try #require(error))".contains(reason))
            }
        }
    #endif

    @Test("A descriptor that cannot be written to is a failure with its reason")
    func failure() {
        let error = #expect(throws: SystemError.self) { try writeWhole([UInt8(1)], count: 1, to: -1, at: 0) }
        #expect(error?.code == EBADF)
    }
}
