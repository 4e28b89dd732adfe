using Detection.Findings;

namespace Detection.Correlation;

/// <summary>Collects the witnesses of a firing. Those that come in event order, as those of a window do, are never sorted. Not thread-safe.</summary>
/// <param name="count">How many there will be, as far as that is known.</param>
internal sealed class WitnessList(int count)
{
    private List<Witness> _witnesses = new(count);
    private bool _isOrdered = true;

    /// <summary>Adds one; of an event that was the last to be added nothing more.</summary>
    public void Add(Witness witness)
    {
        if (_witnesses.Count > 0)
        {
            var order = EventOrder.Compare(_witnesses[^1].Event, witness.Event);
            if (order == 0)
            {
                return;
            }

            _isOrdered &= order < 0;
        }

        _witnesses.Add(witness);
    }

    /// <summary>All of them, each event once with the witness that came first, in event order. Nothing may be added afterwards.</summary>
    public IReadOnlyList<Witness> InOrder()
    {
        if (!_isOrdered)
        {
            var witnesses = _witnesses;
            (_witnesses, _isOrdered) = (new List<Witness>(witnesses.Count), true);
            foreach (var witness in witnesses.OrderBy(witness => EventPlace.Of(witness.Event)))
            {
                Add(witness);
            }
        }

        return _witnesses;
    }
}
