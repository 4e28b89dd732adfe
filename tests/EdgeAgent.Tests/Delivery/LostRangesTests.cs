using EdgeAgent.Delivery;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class LostRangesTests
{
    [Fact]
    public void Neighbours_of_one_cause_are_joined_and_others_are_not()
    {
        LostRange[] ranges = [Lost(1, 2), Lost(3, 5), Lost(6, 6, LossCause.Kernel), Lost(8, 9, LossCause.Kernel), Lost(10, 11)];
        Assert.Equal([Lost(1, 5), Lost(6, 6, LossCause.Kernel), Lost(8, 9, LossCause.Kernel), Lost(10, 11)], LostRanges.Join(ranges));
        Assert.Empty(LostRanges.Join([]));
    }

    private static LostRange Lost(ulong first, ulong last, LossCause cause = LossCause.Spool) => new(new SequenceRange(first, last), cause);
}
