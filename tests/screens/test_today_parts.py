"""The parts of the start screen take what they show at any time: an answer may be there before their lists stand."""

from screens.today_day import TodayDay
from screens.today_goods import TodayGoods
from tests.screens.driving import console, log_in, on_screen, text
from tests.screens.fakes import DAY, REST


@on_screen
async def test_what_arrived_before_its_lists_stood_is_shown() -> None:
    app = console()
    async with app.run_test(size=(120, 40)) as pilot:
        await log_in(pilot)
        await app.screen.query("#day, #goods").remove()
        day, goods = TodayDay(), TodayGoods()
        day.show(DAY, None)
        goods.show(REST.campaigns or (), REST.stock or ())
        assert DAY.compared not in text(app)
        await app.screen.query_one("#to-do").mount(goods)
        await app.screen.query_one("#today").mount(day)
        await pilot.pause()
        assert DAY.compared in text(app) and "双十二满 200 送米" in text(app) and "五常大米 5 公斤" in text(app)
