using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Tests.Spool;

public sealed class SpoolPropertyTests
{
    [Fact]
    public void Whatever_happens_every_batch_is_delivered_in_order_or_told_as_lost()
    {
        // Two numbers a step: what happens, and to what.
        var steps = Gen.Choose(0, 99).Zip(Gen.Choose(0, 9999)).ArrayOf().ToArbitrary();
        Prop.ForAll(steps, Gen.Choose(1, 6000).ToArbitrary(), (things, maxBytes) =>
        {
            using var world = new SpoolWorld(maxBytes);
            foreach (var (what, which) in things)
            {
                world.Do(what, which);
            }

            world.Check();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(150));
    }
}
