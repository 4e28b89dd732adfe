using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>How the events of a case arrive.</summary>
internal static class Arrival
{
    /// <summary>True when each event arrives one by one, none before one that precedes it; some may come again.</summary>
    public static bool IsInOrder(Scenario scenario, NaiveOracle oracle)
    {
        var parcels = Delivery.Of(scenario);
        var seen = new HashSet<EventId>();
        return parcels.TrueForAll(parcel => parcel.Event is not null)
            && parcels.Select(parcel => parcel.Event!.Id).Where(seen.Add).SequenceEqual(oracle.Order);
    }
}
