using Wire.Chain;
using Wire.Model;

namespace AlertLambda.Findings;

/// <content>Which frame follows which.</content>
public sealed partial class HostWatch
{
    // A host has a frame a second: those that can overtake each other are few. Ten thousand hosts times this must fit into memory.
    private const int ChainMemory = 32;
    private const int MostChains = 4;

    private readonly List<(Guid Boot, ChainCheck Check)> _chains = [];

    // False for a frame that came before: it says nothing new.
    private bool LookAtChain(ReadOnlySpan<byte> bytes, Frame frame, long nowMs)
    {
        var came = state.MissingFrames.Count > 0 && state.NoteCame(FrameDigest.Of(bytes));
        HasNews |= came;
        if (came && !_chains.Exists(chain => chain.Boot == frame.Host.BootId))
        {
            // What comes next follows a frame that was seen before the start, not this late one.
            return true;
        }

        var fresh = ChainOf(frame.Host.BootId, out var check);
        var place = check.Add(bytes, frame);
        if (place == ChainPlace.Resent)
        {
            return false;
        }

        if (place == ChainPlace.Fork)
        {
            _log.Note(FindingKind.ForgedTelemetry, frame.Host, nowMs,
            [
                new FindingFact("Frame", $"{FrameDigest.Of(bytes)}, numbers {Range(frame.Range)} of lane {frame.Lane}"),
                new FindingFact("Also follows", frame.Previous.ToString() ?? ""),
            ]);
        }
        else if (place == ChainPlace.Gap && !fresh)
        {
            state.MissingFrames.Add(new MissingFrame(frame.Previous!.Value.ToString(), nowMs));
            HasNews = true;
        }

        return true;
    }

    private bool ChainOf(Guid boot, out ChainCheck check)
    {
        var at = _chains.FindIndex(chain => chain.Boot == boot);
        check = at < 0 ? new ChainCheck(ChainMemory) : _chains[at].Check;
        if (at < 0)
        {
            _chains.Add((boot, check));
            if (_chains.Count > MostChains)
            {
                _chains.RemoveAt(0);
            }
        }

        return at < 0;
    }
}
