// SPDX-License-Identifier: Apache-2.0
#include "hub/net/pin_guard.h"
#include "hub/net/pin_hash.h"
#include "hub/settings/settings_limits.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace std::chrono_literals;

namespace {

const QString phone = QStringLiteral("10.0.0.7");
const QString till = QStringLiteral("10.0.0.8");

// A try that was wrong; how long it has to wait when it may not be made.
PinGuard::Wait wrongTry(PinGuard &guard, const QString &address, Monotonic now)
{
    const auto wait = guard.begin(address, now);
    if (!wait)
        guard.ended();
    return wait.value_or(0ms);
}

} // namespace

class TestNetPinGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFewMistakesCostNothing();
    void theWaitDoublesUpToItsBound();
    void aRightOneForgives();
    void aQuietHourForgives();
    void manyAddressesAreNoWayAround();
    void whoWasRightOnceIsNotLockedOut();
    void oneNetworkIsOneGuesser();
    void manyAtOnceAreNoWayAround();
    void addressesAreBounded();
    void theHashIsScrypt();
};

void TestNetPinGuard::aFewMistakesCostNothing()
{
    PinGuard guard;
    const Monotonic now{};
    for (int i = 0; i < limits::pinTriesFree; ++i)
        QCOMPARE(wrongTry(guard, phone, now), 0ms);
    QCOMPARE(wrongTry(guard, phone, now), PinGuard::Wait(limits::pinWaitMin));
    QCOMPARE(wrongTry(guard, till, now), 0ms); // another is not concerned
}

void TestNetPinGuard::theWaitDoublesUpToItsBound()
{
    PinGuard guard;
    Monotonic now{};
    PinGuard::Wait last{0};
    int tries = 0;
    for (; last < limits::pinWaitMax && tries < 50; ++tries) {
        QCOMPARE(wrongTry(guard, phone, now), 0ms);
        const PinGuard::Wait wait = wrongTry(guard, phone, now);
        QVERIFY2(wait >= last, "a wait never gets shorter");
        last = wait;
        now += wait;
    }
    QCOMPARE(last, PinGuard::Wait(limits::pinWaitMax));
    QVERIFY2(tries <= 15, qPrintable(QString::number(tries)));
}

void TestNetPinGuard::aRightOneForgives()
{
    PinGuard guard;
    Monotonic now{};
    for (int i = 0; i < limits::pinTriesFree; ++i)
        wrongTry(guard, phone, now);
    now += limits::pinWaitMin;
    QVERIFY(!guard.begin(phone, now));
    guard.succeeded(phone, now);
    guard.ended();
    for (int i = 0; i < limits::pinTriesFree; ++i)
        QCOMPARE(wrongTry(guard, phone, now), 0ms);
}

void TestNetPinGuard::aQuietHourForgives()
{
    PinGuard guard;
    Monotonic now{};
    for (int i = 0; i < 2 * limits::pinTriesFree; ++i) {
        wrongTry(guard, phone, now);
        now += limits::pinWaitMax;
    }
    now += limits::pinForgiveAfter + 1ms;
    QCOMPARE(wrongTry(guard, phone, now), 0ms);
    QCOMPARE(wrongTry(guard, phone, now), 0ms);
}

void TestNetPinGuard::manyAddressesAreNoWayAround()
{
    PinGuard guard;
    Monotonic now{};
    int tried = 0;
    for (int i = 0; i < 1'000; ++i) {
        tried += wrongTry(guard, QStringLiteral("10.1.%1.%2").arg(i / 250).arg(i % 250), now) == 0ms
                     ? 1
                     : 0;
        now += 100ms;
    }
    // A hundred seconds: those that are free, and then ever fewer.
    QVERIFY2(tried <= limits::pinTriesFreeInAll + 8, qPrintable(QString::number(tried)));
}

void TestNetPinGuard::whoWasRightOnceIsNotLockedOut()
{
    PinGuard guard;
    Monotonic now{};
    QVERIFY(!guard.begin(till, now));
    guard.succeeded(till, now);
    guard.ended();
    for (int i = 0; i < 100; ++i)
        wrongTry(guard, QStringLiteral("10.1.0.%1").arg(i), now);
    QVERIFY(wrongTry(guard, phone, now) > 0ms);
    QCOMPARE(wrongTry(guard, till, now), 0ms);
}

void TestNetPinGuard::oneNetworkIsOneGuesser()
{
    PinGuard guard;
    const Monotonic now{};
    for (int i = 0; i < limits::pinTriesFree; ++i)
        wrongTry(guard, QStringLiteral("2001:db8:1:2::%1").arg(i), now);
    QVERIFY(wrongTry(guard, QStringLiteral("2001:db8:1:2:9:9:9:9"), now) > 0ms);
    QCOMPARE(wrongTry(guard, QStringLiteral("2001:db8:1:3::1"), now), 0ms);
}

void TestNetPinGuard::manyAtOnceAreNoWayAround()
{
    PinGuard guard;
    const Monotonic now{};
    for (int i = 0; i < limits::pinChecksAtOnce; ++i)
        QVERIFY(!guard.begin(QStringLiteral("10.1.0.%1").arg(i), now));
    QVERIFY2(guard.begin(phone, now).has_value(), "no more memory than for so many");
    guard.ended();
    QVERIFY(!guard.begin(phone, now));
}

void TestNetPinGuard::addressesAreBounded()
{
    PinGuard guard;
    Monotonic now{};
    QVERIFY(!guard.begin(till, now));
    guard.succeeded(till, now);
    guard.ended();
    for (int i = 0; i < 3 * limits::pinAddressesMax; ++i) {
        now += limits::pinForgiveInAllAfter + 1ms; // as fast as the bound in all never hinders
        QCOMPARE(wrongTry(guard, QStringLiteral("10.%1.%2.1").arg(i / 250).arg(i % 250), now), 0ms);
    }
    QVERIFY(guard.addresses() <= limits::pinAddressesMax);
    // The one that is trusted was kept.
    for (int i = 0; i < 2 * limits::pinTriesFreeInAll; ++i)
        wrongTry(guard, QStringLiteral("10.9.0.%1").arg(i), now);
    QCOMPARE(wrongTry(guard, till, now), 0ms);
}

void TestNetPinGuard::theHashIsScrypt()
{
    // From Python: hashlib.scrypt(b'1234', salt=b'00ff', n=32768, r=8, p=1, maxmem=2**26, dklen=32)
    QCOMPARE(hashPin("1234", "00ff"),
             QByteArray("2c6a44110122ea9337fb5cece734eb6bb6b1ca1cc00492a672700026f3bfec7f"));
    QVERIFY(hashPin("1235", "00ff") != hashPin("1234", "00ff"));
    QVERIFY(hashPin("1234", "00fe") != hashPin("1234", "00ff"));
}

QTEST_APPLESS_MAIN(TestNetPinGuard)
#include "test_net_pin_guard.moc"
