import SimTime
import Statistics
import Testing

@testable import HostModel

/// How pages that were written to data files come to the device.
@Suite("Pages that the operating system keeps")
struct DataFileCacheTests {
    private var device: StorageDevice {
        StorageDevice(
            DeviceSpec(sync: .microseconds(1_000), write: .microseconds(200), stalls: [], queueDepth: 1), name: "data",
            start: .zero, seed: 1)
    }

    @Test(
        "Neighbours go to the device in one request, pages that lie apart in one each",
        arguments: [([0, 1, 2], 1), ([0, 1, 7], 2), ([4, 2, 0], 3), ([3, 3], 2)] as [([Int], Int64)])
    func requests(blocks: [Int], count: Int64) {
        var (files, device) = (DataFileCache(), device)
        for block in blocks { files.write(file: 0, block: block) }
        #expect(files.writeBackAll(file: 0, to: &device, at: .zero) == Instant.zero + Nanoseconds.us(200) * count)
    }

    @Test("What has been handed over need not be handed over again, but has to be done")
    func nothingLeft() {
        var (files, device) = (DataFileCache(), device)
        files.write(file: 0, block: 0)
        let end = files.writeBackAll(file: 0, to: &device, at: .zero)
        #expect(files.writeBackAll(file: 0, to: &device, at: .zero) == end)
        #expect(files.writeBackAll(file: 0, to: &device, at: end + .us(50)) == end + .us(50))
    }
}
