using Wire.Model;
using Wire.Text;

namespace Wire.Codec;

/// <content>What the agent says of itself.</content>
public sealed partial class FrameDecoder
{
    private static Heartbeat ReadHeartbeat(WireReader fields, long bootTimeUnixNs)
    {
        var beat = new Heartbeat { TakenBootNs = 0 };
        var totals = new AgentTotals();
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case HeartbeatField.Taken: beat = beat with { TakenBootNs = ReadBootNs(field, bootTimeUnixNs) }; break;
                case HeartbeatField.Uptime: beat = beat with { UptimeNs = field.Number() }; break;
                case HeartbeatField.AgentVersion: beat = beat with { AgentVersion = ReadShortText(field) }; break;
                case HeartbeatField.ConfigHash: beat = beat with { ConfigHash = ReadHash(field) }; break;
                case HeartbeatField.WatchHash: beat = beat with { WatchHash = ReadHash(field) }; break;
                case HeartbeatField.Pins: beat = beat with { Pins = (PinState)field.Number(byte.MaxValue) }; break;
                case HeartbeatField.Events: totals = totals with { Events = field.Number() }; break;
                case HeartbeatField.Filtered: totals = totals with { Filtered = field.Number() }; break;
                case HeartbeatField.Repeated: totals = totals with { Repeated = field.Number() }; break;
                case HeartbeatField.Unparsed: totals = totals with { Unparsed = field.Number() }; break;
                case HeartbeatField.LostInKernel: totals = totals with { LostInKernel = ReadLostInKernel(field.Block()) }; break;
                case HeartbeatField.ProcessEvictions: totals = totals with { ProcessEvictions = field.Number() }; break;
                case HeartbeatField.MapEvictions: totals = totals with { MapEvictions = field.Number() }; break;
                case HeartbeatField.Sinks: beat = beat with { Sinks = ReadSinks(field.Block(), bootTimeUnixNs) }; break;
                case HeartbeatField.Signals: beat = beat with { Signals = ReadSignals(field.Block(), bootTimeUnixNs) }; break;
                default: break;
            }
        }

        return beat with { Totals = totals };
    }

    private static ulong[] ReadLostInKernel(WireReader block)
    {
        var lost = new ulong[block.ReadCount(FrameFormat.MaxLanes, minBytes: 1, "lanes with losses")];
        for (var i = 0; i < lost.Length; i++)
        {
            lost[i] = block.ReadVarint();
        }

        block.ExpectEnd("the losses by lane");
        return lost;
    }

    private static SinkHealth[] ReadSinks(WireReader block, long bootTimeUnixNs)
    {
        var sinks = new SinkHealth[block.ReadCount(Heartbeat.MaxSinks, minBytes: 1, "sinks")];
        for (var i = 0; i < sinks.Length; i++)
        {
            sinks[i] = ReadSink(block.ReadBlock(), bootTimeUnixNs);
        }

        block.ExpectEnd("the sinks");
        return sinks;
    }

    private static SinkHealth ReadSink(WireReader fields, long bootTimeUnixNs)
    {
        var sink = new SinkHealth { Name = "" };
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case SinkHealthField.Name: sink = sink with { Name = ReadShortText(field) }; break;
                case SinkHealthField.Trouble: sink = sink with { Trouble = ReadShortText(field) }; break;
                case SinkHealthField.Since: sink = sink with { SinceBootNs = ReadBootNs(field, bootTimeUnixNs) }; break;
                case SinkHealthField.Delivered: sink = sink with { Delivered = field.Number() }; break;
                case SinkHealthField.Dropped: sink = sink with { Dropped = field.Number() }; break;
                case SinkHealthField.BacklogBytes: sink = sink with { BacklogBytes = field.Number() }; break;
                case SinkHealthField.BacklogFrames: sink = sink with { BacklogFrames = field.Number() }; break;
                case SinkHealthField.Oldest: sink = sink with { OldestMs = field.Number() }; break;
                case SinkHealthField.Spool: sink = sink with { Spool = (SpoolState)field.Number(byte.MaxValue) }; break;
                default: break;
            }
        }

        return sink;
    }

    private static SignalHealth[] ReadSignals(WireReader block, long bootTimeUnixNs)
    {
        var signals = new SignalHealth[block.ReadCount(Heartbeat.MaxSignals, minBytes: 1, "signals")];
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] = ReadSignal(block.ReadBlock(), bootTimeUnixNs);
        }

        block.ExpectEnd("the signals");
        return signals;
    }

    private static SignalHealth ReadSignal(WireReader fields, long bootTimeUnixNs)
    {
        var signal = new SignalHealth("", "");
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case SignalHealthField.Signal: signal = signal with { Signal = ReadShortText(field) }; break;
                case SignalHealthField.Backend: signal = signal with { Backend = ReadShortText(field) }; break;
                case SignalHealthField.Trust: signal = signal with { Trust = (HookTrust)field.Number(byte.MaxValue) }; break;
                case SignalHealthField.Tested: signal = signal with { TestedBootNs = ReadBootNs(field, bootTimeUnixNs) }; break;
                default: break;
            }
        }

        return signal;
    }

    private static ulong ReadBootNs(WireField field, long bootTimeUnixNs)
    {
        var bootNs = field.Number();
        if ((Int128)bootTimeUnixNs + bootNs > long.MaxValue)
        {
            field.Fail("holds a time after the year 2262");
        }

        return bootNs;
    }

    private static string ReadShortText(WireField field)
    {
        var text = KernelString.FromBytes(field.Bytes());
        if (text.Length > Heartbeat.MaxTextLength)
        {
            field.Fail($"holds a text of more than {Heartbeat.MaxTextLength} characters", FrameErrorKind.TooLarge);
        }

        return text;
    }

    private static string ReadHash(WireField field)
    {
        var bytes = field.Bytes();
        if (bytes.Length > Heartbeat.MaxHashBytes)
        {
            field.Fail($"holds a hash of {bytes.Length} bytes, allowed are {Heartbeat.MaxHashBytes}");
            return "";
        }

        return Convert.ToHexStringLower(bytes);
    }
}
