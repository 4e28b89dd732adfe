using Wire.Model;

namespace Wire.Codec;

/// <content>What is known of the frame before its events.</content>
public sealed partial class FrameDecoder
{
    private sealed class Header
    {
        private HostIdentity? _host;

        public string? HostId { get; set; }

        public Guid? BootId { get; set; }

        public string HostName { get; set; } = "";

        public CloudIdentity? Cloud { get; set; }

        public Lane? Lane { get; set; }

        public ulong? RangeFirst { get; set; }

        public ulong? RangeCount { get; set; }

        public long? BootTimeUnixNs { get; set; }

        public LostRange[] Lost { get; set; } = [];

        public LaneProgress[] Progress { get; set; } = [];

        public Heartbeat? Heartbeat { get; set; }

        public FrameDigest? Previous { get; set; }

        /// <summary>The one object that all events share. To be asked for only after <see cref="CheckBeforeEvents"/> found no fault.</summary>
        public HostIdentity Host => _host ??= new HostIdentity(HostId!, BootId!.Value, HostName, Cloud);

        /// <summary>The range; empty unless both its fields were read and fit.</summary>
        public SequenceRange Range => RangeIsValid ? new(RangeFirst!.Value, RangeFirst.Value - 1 + RangeCount!.Value) : new(1, 0);

        private bool RangeIsValid =>
            RangeFirst is >= 1 and <= FrameFormat.MaxSequence && RangeCount <= FrameFormat.MaxSequence - RangeFirst + 1;

        /// <summary>Notes a fault when something is missing without which events mean nothing.</summary>
        public void CheckBeforeEvents(in WireField events)
        {
            var missing = HostId is null ? "host id"
                : BootId is null ? "boot id"
                : Lane is null ? "lane"
                : RangeFirst is null ? "first number of the range"
                : RangeCount is null ? "size of the range"
                : BootTimeUnixNs is null ? "boot time"
                : null;
            if (missing is not null)
            {
                events.Fail($"stands in a frame without {missing}");
            }
            else if (!RangeIsValid)
            {
                events.Fail($"stands in a frame whose range is {RangeCount} numbers from {RangeFirst}");
            }
        }
    }
}
