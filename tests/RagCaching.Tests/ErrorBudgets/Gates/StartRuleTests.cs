using RagCaching.ErrorBudgets.Gates;

namespace RagCaching.Tests.ErrorBudgets.Gates;

public sealed class StartRuleTests
{
    [Fact]
    public void Add_OneWrongInFifty_OpensAtTwoPercent()
    {
        var gate = new StartRule(0.02, isStrict: false);

        gate.Add(isRight: false);
        Add(gate, 48);
        Assert.False(gate.IsOpen);

        gate.Add(isRight: true);
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void Add_TwoWrong_NeedsAHundredDecisions()
    {
        var gate = new StartRule(0.02, isStrict: false);

        gate.Add(isRight: false);
        gate.Add(isRight: false);
        Add(gate, 97);
        Assert.False(gate.IsOpen);

        gate.Add(isRight: true);
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void Add_StrictGate_WaitsForTheBound()
    {
        var gate = new StartRule(0.02, isStrict: true);

        Add(gate, 100);
        Assert.False(gate.IsOpen);

        Add(gate, 100);
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void Close_AfterOpening_CountsAnew()
    {
        var gate = new StartRule(0.02, isStrict: false);
        Add(gate, 50);

        gate.Close();

        Assert.False(gate.IsOpen);
        Add(gate, 49);
        Assert.False(gate.IsOpen);
    }

    [Theory]
    [InlineData(49, 0, false)]
    [InlineData(50, 1, true)]
    [InlineData(50, 2, false)]
    [InlineData(100, 2, true)]
    public void LookBack_KnownOutcomes_OpensAsDecisionsWould(int decisions, int wrong, bool opens)
    {
        var gate = new StartRule(0.02, isStrict: false);

        gate.LookBack(decisions, wrong);

        Assert.Equal(opens, gate.IsOpen);
        Assert.Equal(0, gate.Decisions);
    }

    [Fact]
    public void LookBack_OpenGate_StaysOpen()
    {
        var gate = new StartRule(0.02, isStrict: false);
        Add(gate, 50);

        gate.LookBack(100, 100);

        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void LookBack_StrictGate_DoesNotListen()
    {
        var gate = new StartRule(0.02, isStrict: true);

        gate.LookBack(10_000, 0);

        Assert.False(gate.IsOpen);
    }

    private static void Add(StartRule gate, int right)
    {
        for (var i = 0; i < right; i++)
        {
            gate.Add(isRight: true);
        }
    }
}
